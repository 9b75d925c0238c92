"""A publication that is read again because of one figure does not say the rest a second time."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl import pipeline, registry
from etl.council_store import open_store
from etl.model import Place, Statement
from etl.record import Record, claims
from etl.store import Store
from tests.etl.made_up import figure, release
from tests.folders import OURS, PACKS, copied

pytestmark = pytest.mark.slow

DATA = Path(__file__).resolve().parents[2] / "data"
MARCH = date(2022, 3, 18)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The excerpts of March 2022, to be read again."""
    shutil.copytree(PACKS / "2022-03-18", tmp_path / "2022-03-18")
    return tmp_path / "2022-03-18"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def said(record: Record) -> Counter[Statement]:
    return Counter(replace(s, verdict="unchecked", explanation="") for s in record.statements)


def read_again(store: Store, folder: Path) -> None:
    prepared = pipeline.prepare([folder], store)
    pipeline.publish(store, prepared, "kim", accept_reason="as printed")


def test_one_figure_changed_and_nothing_is_said_twice(
    any_seeded_store: Store, folder: Path
) -> None:
    before = any_seeded_store.record()
    change(folder / "appendix_1.txt", "\t521\t", "\t520\t")
    read_again(any_seeded_store, folder)
    after = any_seeded_store.record()
    assert len(after.releases) == len(before.releases) + 1
    assert said(after) == said(before)
    assert Counter(j.finding.code for j in after.judged if not j.finding.figures) == Counter(
        j.finding.code for j in before.judged if not j.finding.figures
    )


def test_a_claim_that_changed_stands_as_it_is_now(seeded_store: Store, folder: Path) -> None:
    """The summary table prints 4,175 pupils: read again as 4,176, nobody says 4,175 any more."""
    before = seeded_store.record()
    change(folder / "appendix_1.txt", "\t521\t", "\t520\t")
    change(folder / "summary.txt", "4,175", "4,176")
    read_again(seeded_store, folder)
    after = seeded_store.record()
    gone, new = said(before) - said(after), said(after) - said(before)
    assert [(s.kind, s.value) for s in gone] == [("summary_table", 4175)]
    assert [(s.kind, s.value) for s in new] == [("summary_table", 4176)]


def test_the_review_of_a_file_counts_each_claim_once(seeded_store: Store, folder: Path) -> None:
    change(folder / "appendix_1.txt", "\t521\t", "\t520\t")
    prepared = pipeline.prepare([folder], seeded_store)
    assert said(prepared.after) == said(prepared.before)


def test_a_file_that_is_sent_twice_at_once(store: Store, folder: Path, tmp_path: Path) -> None:
    change(folder / "source.yaml", "id: norfolk-2022-03-18", "id: other")
    twice = shutil.copytree(folder, tmp_path / "twice")
    change(twice / "appendix_1.txt", "\t521\t", "\t520\t")
    prepared = pipeline.prepare([folder, twice], store)
    pipeline.publish(store, prepared, "kim", accept_reason="as printed")
    assert max(said(store.record()).values()) == 1


# --- which claims count ----------------------------------------------------------------

CLAIM = Statement(
    "sentence",
    None,
    "percent",
    Place(paragraph="2.7"),
    "ehc_plans_on_time",
    "all",
    published=MARCH,
    source="Pack",
)


@pytest.mark.parametrize(
    ("held", "counts"),
    [
        # release and what the claim says -> what counts
        ([(1, "a"), (1, "b")], "ab"),  # two numbers in one paragraph
        ([(1, "a"), (2, "b")], "b"),
        ([(2, "a"), (1, "b")], "a"),
        ([(1, "a"), (1, "b"), (3, "c"), (3, "b")], "cb"),
        ([(1, "a"), (2, "a")], "a"),  # an earlier version stored it twice
    ],
)
def test_of_one_claim_the_newest_reading_counts(held: list[tuple[int, str]], counts: str) -> None:
    found = claims((number, replace(CLAIM, raw=raw)) for number, raw in held)
    assert "".join(s.raw for s in found) == counts


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, published=date(2021, 9, 17)),
        replace(CLAIM, place=Place(paragraph="2.8")),
        replace(CLAIM, measure="ehc_plans_issued"),
        replace(CLAIM, cohort="lac"),
        replace(CLAIM, kind="yearly_row"),
        replace(CLAIM, about="target"),
        replace(CLAIM, authority="E92000001"),
    ],
)
def test_another_claim_stays(other: Statement) -> None:
    assert claims([(1, CLAIM), (2, other)]) == (CLAIM, other)


@pytest.mark.parametrize(
    "again",
    [
        replace(CLAIM, place=Place(line=395, paragraph="2.7")),
        replace(CLAIM, place=Place(page=9, paragraph="2.7"), source="Norfolk's pack"),
        replace(CLAIM, place=Place(paragraph="2.7"), kind="bullet"),
        replace(CLAIM, raw="55%", certain=False),
    ],
)
def test_the_same_claim_in_another_form_is_the_same(again: Statement) -> None:
    """The PDF of a pack whose text is held."""
    assert claims([(1, CLAIM), (2, again)]) == (again,)


def test_a_paragraph_without_a_number_is_known_by_what_it_says() -> None:
    by_line = replace(CLAIM, place=Place(line=12))
    in_word = replace(CLAIM, place=Place(paragraph="no. 3"))
    assert claims([(1, by_line), (2, in_word)]) == (in_word,)


# --- seeds -----------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder with one pack, that a test may change."""
    folder = tmp_path / "data"
    copied(folder, "2021-09-17")
    yield folder
    registry.load.cache_clear()


@pytest.fixture
def opened(data: Path, database_url: str) -> Callable[[], Store]:
    def again() -> Store:
        registry.load.cache_clear()
        return open_store(database_url, data=data, seed=True)

    return again


def of_pack(store: Store) -> Counter[Statement]:
    return Counter({s: n for s, n in said(store.record()).items() if s.published == MARCH})


def test_a_seed_with_one_figure_changed(opened: Callable[[], Store], data: Path) -> None:
    before = of_pack(opened())
    findings = Counter(j.finding for j in opened().record().judged if not j.finding.figures)
    change(data / OURS / "packs/2022-03-18/appendix_1.txt", "\t521\t", "\t520\t")
    after = opened()
    assert len(after.releases()) == 2
    assert of_pack(after) == before
    assert Counter(j.finding for j in after.record().judged if not j.finding.figures) == findings
    with after.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT body FROM remarks WHERE kind = 'statement'").all()
    assert len(kept) == sum(before.values())


@pytest.mark.parametrize("how", ["emptied", "removed", "one taken out"])
def test_claims_that_are_gone_from_a_seed_go(
    opened: Callable[[], Store], data: Path, how: str
) -> None:
    before = of_pack(opened())
    file = data / OURS / "packs/2022-03-18/claims.yaml"
    entries = file.read_text(encoding="utf-8").split("\n- ")
    in_prose = Counter({s: n for s, n in before.items() if s.kind in ("sentence", "bullet")})
    assert len(entries) - 1 == sum(in_prose.values())
    if how == "removed":
        file.unlink()
    else:
        kept = entries[:-1] if how == "one taken out" else ["# none\n[]"]
        file.write_text("\n- ".join(kept) + "\n", encoding="utf-8")
    after = of_pack(opened())
    assert sum((before - after).values()) == (1 if how == "one taken out" else len(entries) - 1)
    assert not after - before
    assert of_pack(opened()) == after


def test_the_last_claim_of_a_seed_goes_too(opened: Callable[[], Store], data: Path) -> None:
    """Nothing but Appendix 1 is left, which claims nothing."""
    assert of_pack(opened())
    pack = data / OURS / "packs/2022-03-18"
    (pack / "claims.yaml").unlink()
    text = (pack / "source.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in text if "{file: " not in line or "{file: appendix_1.txt" in line]
    (pack / "source.yaml").write_text("".join(kept), encoding="utf-8")
    assert of_pack(opened()) == Counter()


def test_an_earlier_version_s_doubles_are_told_once(any_store: Store) -> None:
    claim = replace(CLAIM, raw="54%")
    for number in ("521", "520"):
        any_store.publish([release(figure(number), statements=(claim,))], "kim")
    assert any_store.record().statements == (claim,)
