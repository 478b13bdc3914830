"""Charts are places worked out from figures."""

from datetime import date, timedelta

from campaign.domain.charts import MOST_BARS, TALL, WIDE, over_time, ranked

MARCH = date(2026, 3, 1)


def test_a_bar_for_each_day_with_what_was_reported_on_top():
    chart = over_time({MARCH: 30, MARCH + timedelta(days=2): 5}, {MARCH: 10})

    assert [(bar.sent, bar.reported) for bar in chart.bars] == [(30, 10), (0, 0), (5, 0)]
    assert chart.each == "day" and [line.n for line in chart.lines] == [0, 20, 40]
    first = chart.bars[0]
    assert first.height_sent == 3 * first.height_reported and first.y_reported == chart.lines[-1].y
    assert chart.highest is first and all(0 <= bar.x < WIDE and bar.y_reported < TALL for bar in chart.bars)


def test_many_days_are_drawn_by_week_or_by_thirty_days_and_nothing_is_lost():
    for days, each in ((MOST_BARS, "day"), (200, "week"), (2000, "thirty days")):
        counted = {MARCH + timedelta(days=n): n for n in range(days)}
        chart = over_time(counted, {})
        assert chart.each == each and sum(bar.sent for bar in chart.bars) == sum(counted.values())
        assert len(chart.bars) <= MOST_BARS and chart.bars[-1].last == MARCH + timedelta(days=days - 1)
        assert chart.bars[-1].x + chart.bars[-1].width <= chart.right


def test_outputs_are_marked_on_their_days_and_those_near_together_have_one_number():
    sent = {MARCH + timedelta(days=n): 1 for n in range(60)}
    told = [(MARCH + timedelta(days=n), f"output {n}") for n in (-3, 0, 1, 2, 30, 90)]

    marks = over_time(sent, {}, told).marks

    assert [[words for _, words in mark.told] for mark in marks] == [
        ["output 0", "output 1", "output 2"],
        ["output 30"],
    ]
    assert [mark.number for mark in marks] == [1, 2] and marks[1].x - marks[0].x > 26


def test_the_days_asked_for_are_drawn_even_where_nothing_went():
    chart = over_time({MARCH: 1}, {}, first=MARCH - timedelta(days=3), last=MARCH + timedelta(days=3))

    assert len(chart.bars) == 7 and chart.bars[3].sent == 1
    assert over_time({}, {}) is None and over_time({MARCH: 0}, {}) is None


def test_the_largest_stand_first_and_the_rest_is_told():
    chart = ranked({"France": 5, "Brazil": 10, "Chad": 0, "Togo": 5}, most=2)

    assert [(row.name, row.n) for row in chart.rows] == [("Brazil", 10), ("France", 5)]
    assert chart.left_out == 1 and chart.rows[0].width == WIDE == 2 * chart.rows[1].width
    assert ranked({"Chad": 0}) is None
