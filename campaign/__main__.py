"""`python3 -m campaign`: the same as the command `campaign`, and at home on a bare machine."""

from campaign import bootstrap

bootstrap.ready("campaign", "requirements.txt", bootstrap.NEEDED)

from campaign.cli import main  # noqa: E402 - nothing of it may be imported before the packages are there

main()
