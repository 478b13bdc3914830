"""The house rules, kept by tests so that nobody has to remember them."""

import ast
import importlib
import re
from pathlib import Path

import pytest

from campaign import settings as settings_module
from campaign.cli import ROOMS_OF_COMMANDS
from campaign.settings import Settings
from campaign.store.database import connect
from campaign.web.app import create_app

HERE = Path(__file__).resolve().parent
HOUSE = HERE.parent
ROOMS = sorted((HOUSE / "campaign").rglob("*.py"))
EDGES = {"documents", "letterbook", "postbox", "passwords", "second_step", "store"}

# Which rooms of the house each room may import.
MAY_IMPORT = {
    "domain": {"domain"},
    "documents": {"domain", "documents"},
    "letterbook": {"domain", "letterbook", "tongues"},
    "tongues": set(),
    "postbox": {"domain", "postbox"},
    "passwords": {"domain"},
    "second_step": {"domain"},
    "store": {"domain", "store"},
    "flow": {"domain", "flow"} | EDGES,
    "web": {"domain", "store", "flow", "settings", "tongues", "web"},
    "cli": {"domain", "flow", "settings", "cli"} | EDGES,
    "settings": set(),
    "bootstrap": set(),
    "__main__": {"bootstrap", "cli"},
    "__init__": set(),
}
# Which libraries may be imported in one room alone.
ONLY_IN = {
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "psycopg": {"store"},
    "psycopg_pool": {"store"},
    "flask_mail": {"postbox"},
    "smtplib": {"postbox"},
    "imaplib": {"postbox"},
    "dkim": {"postbox"},
    "dns": {"postbox"},
    "jinja2": {"letterbook"},
    "argon2": {"passwords"},
    "wtforms": {"web"},
    "flask": {"web"},
    "waitress": {"cli"},
    "click": {"cli"},
    "pypdf": {"documents"},
    "pypdfium2": {"documents"},
    "mammoth": {"documents"},
    "defusedxml": {"documents"},
    "typst": {"letterbook"},
    "segno": {"letterbook", "second_step"},
    "pyotp": {"second_step"},
    "babel": {"tongues"},
    "itsdangerous": {"web"},
}
STANDARD_ONLY = {"domain", "flow"}
LIBRARIES = set(ONLY_IN) | {"werkzeug", "markupsafe", "email_validator"}


def room_of(path: Path) -> str:
    first = path.relative_to(HOUSE / "campaign").parts[0]
    return first.removesuffix(".py")


def imports_of(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots"
            module = node.module or ""
            found += [f"{module}.{name.name}" for name in node.names] if module == "campaign" else [module]
    return found


def functions_of(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)]


def strings_of(path: Path) -> list[str]:
    """The strings of a module that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_every_import_respects_the_rooms(path):
    room = room_of(path)
    for name in imports_of(path):
        if name == "campaign" or name.startswith("campaign."):
            other = name.split(".")[1] if "." in name else "__init__"
            allowed = MAY_IMPORT[room] | (
                {"letterbook", "postbox"} if path.name == "app.py" and room == "web" else set()
            )
            if room == "cli" and name == "campaign.web.app":
                continue
            assert other in allowed, f"{path.relative_to(HOUSE)} imports {name}"
        else:
            library = name.split(".")[0]
            if library in ONLY_IN:
                assert room in ONLY_IN[library], f"{path.relative_to(HOUSE)} imports {library}"
            if room in STANDARD_ONLY:
                assert library not in LIBRARIES, f"{path.relative_to(HOUSE)} imports {library}"


@pytest.mark.parametrize("path", [*ROOMS, *sorted(HERE.rglob("*.py"))], ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_file_is_longer_than_400_lines_and_no_function_longer_than_40(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    if path in ROOMS:
        for function in functions_of(path):
            assert (function.end_lineno or 0) - function.lineno < 40, f"{function.name} is too long"


def test_no_view_is_longer_than_25_lines():
    for path in (HOUSE / "campaign/web/views").glob("*.py"):
        for function in functions_of(path):
            assert (function.end_lineno or 0) - function.lineno < 25, f"{path.name}: {function.name}"


def test_sql_stands_in_the_store_alone():
    speaks_sql = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\b\s+\S")
    for path in ROOMS:
        if room_of(path) == "store":
            continue
        for text in strings_of(path):
            allowed = text == "SELECT 1 AS one"
            assert allowed or not speaks_sql.search(text), f"{path.relative_to(HOUSE)}: {text[:60]}"


# Words that only one of our engines knows, or that mean something else on the other.
NOT_SHARED = re.compile(
    r"INSERT OR |datetime\(|strftime\(|\bnow\(\)|\bLIKE\b|\bILIKE\b|\blower\(|group_concat|string_agg|json_extract|"
    r"\bIS NULL OR\b|\bGLOB\b|AUTOINCREMENT|\bboolean\b|\bTRUE\b|\bFALSE\b|\bREPLACE INTO\b|\bIFNULL\b",
    re.IGNORECASE,
)


def test_the_store_uses_no_word_that_the_two_engines_do_not_share():
    for path in (HOUSE / "campaign/store").glob("*.py"):
        for text in strings_of(path):
            if re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE)\b", text):
                found = NOT_SHARED.search(text)
                assert not found, f"{path.name}: {found and found[0]} in {text[:80]}"


def test_the_engine_is_asked_for_in_few_places():
    asked = [
        path.name
        for path in (HOUSE / "campaign").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\.engine\b|isinstance\(db, ", line)
    ]
    assert len(asked) < 6, asked


def test_the_clock_and_randomness_are_only_at_the_doors():
    strikes = re.compile(r"datetime\.now|date\.today|time\.time\(|\brandom\b|\bsecrets\b|uuid4|os\.urandom")
    for path in ROOMS:
        if room_of(path) in ("web", "cli", "settings"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            code = line.split("#")[0]
            assert not strikes.search(code) or '"""' in code, f"{path.relative_to(HOUSE)}:{number}: {line.strip()}"


UNCLEAR = {"data", "info", "utils", "util", "helpers", "helper", "common", "base", "misc"}
# What smtplib, HTMLParser, WTForms and click call their own methods.
NAMED_ELSEWHERE = {
    "_get_socket",
    "handle_starttag",
    "handle_endtag",
    "handle_startendtag",
    "handle_data",
    "get_command",
    "get_translations",
}
UNCLEAR_VERBS = ("get_", "process_", "handle_", "manage_", "perform_")


def test_names_are_the_words_of_the_house():
    for path in ROOMS:
        assert path.stem not in UNCLEAR, path
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                if node.name in NAMED_ELSEWHERE:
                    continue
                assert not node.name.lstrip("_").startswith(UNCLEAR_VERBS), f"{path}: {node.name}"


def test_every_public_module_and_flow_function_says_what_it_is():
    for path in ROOMS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{path} has no docstring"
        if room_of(path) != "flow":
            continue
        for function in tree.body:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                assert ast.get_docstring(function) or len(function.body) < 4, f"{path}: {function.name}"


def test_every_route_says_who_may_see_it(sqlite_url):
    app = create_app(Settings(secret_key="x" * 40, demo=True), connect(sqlite_url))
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            assert getattr(app.view_functions[rule.endpoint], "permission", None), rule


def test_the_top_level_holds_what_it_should_and_nothing_else():
    allowed = {"pyproject.toml", "README.md", "LICENSE", "requirements.txt", "requirements-test.txt"}
    allowed |= {"campaign", "templates", "letters", "tests", "campaign-data", "build", "dist"}
    found = {path.name for path in HOUSE.iterdir() if not path.name.startswith(".")}
    assert found <= allowed, found - allowed


def test_the_readme_names_every_command_and_every_setting():
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    for name in ROOMS_OF_COMMANDS:
        assert f"`{name}" in readme, f"the command {name} is not in the README"
    for name in settings_module._KINDS:
        assert f"CAMPAIGN_{name.upper()}" in readme, f"CAMPAIGN_{name.upper()} is not in the README"


def test_each_command_is_found_in_the_room_that_has_it():
    rooms = {path.stem for path in (HOUSE / "campaign" / "cli").glob("*.py") if "\nCOMMANDS = " in path.read_text()}
    found = {
        command.name: room for room in rooms for command in importlib.import_module(f"campaign.cli.{room}").COMMANDS
    }
    assert found == ROOMS_OF_COMMANDS


def test_the_readme_says_why_each_library_is_there():
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    project = (HOUSE / "pyproject.toml").read_text(encoding="utf-8")
    named = re.search(r"^dependencies = \[(.*?)\]", project, re.S | re.M)
    for library in re.findall(r'"([a-z0-9-]+)', named[1]):
        assert f"`{library}`" in readme, library


def test_pages_have_no_style_or_script_of_their_own():
    for path in (HOUSE / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<script(?! src=\"{{ url_for\('static')|<style|\son[a-z]+=|\|\s*safe\b", text), (
            path
        )


def test_no_path_of_a_machine_and_no_host_of_a_registry_stands_in_the_house():
    told = re.compile(r"/work/|/root/|/home/\w|pypi\.org|files\.pythonhosted|index-url|find-links")
    for path in [*ROOMS, *HOUSE.glob("*.txt"), *HOUSE.glob("*.md"), *HOUSE.glob("*.toml"), *(HOUSE / ".ci").glob("*")]:
        assert not told.search(path.read_text(encoding="utf-8")), path
