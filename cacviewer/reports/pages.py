"""What stands on the sheet: a Case in words, tested without a printer.

`sheet_of` reads a Case and writes words; the template only lays them out. Content and order follow
clinical-rules.md section 8; what has no value is printed as "not available" and not left out. A refused case
has no headline, no table and no classes: no number can be read off it as a score.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal

from cacviewer.core import quantities
from cacviewer.core.case import Case, Scores
from cacviewer.core.categories import CLASSIC5, distance_to_next, maron_stage, reported, reported_text
from cacviewer.core.edits import Edit
from cacviewer.core.findings import RANK, Fact, Severity, refusals
from cacviewer.core.interpretation import Interpretation
from cacviewer.core.lesions import Artery
from cacviewer.core.qualifier import qualifier
from cacviewer.core.rulesets import REFERENCE_INCREMENT_MM
from cacviewer.language import ENGLISH, LANGUAGES, Language
from cacviewer.language.wording import line_pairs, maron_text, progression_pairs
from cacviewer.render.colours import ARTERY
from cacviewer.render.pictures import CALCIUM_WINDOW, LESION_SIDE_MM, Picture
from cacviewer.reports.chart import chart_lines
from cacviewer.reports.particulars import (
    identity,
    limits,
    method_rows,
    other_rows,
    patient_rows,
    review,
    scan_rows,
    study_rows,
)
from cacviewer.reports.sheet import Bar, Cited, Headline, Remark, Row, Sheet, Table


def sheet_of(
    case: Case,
    pictures: Sequence[Picture] = (),
    *,
    date: dt.date,
    automatic: Case | None = None,
    edits: Sequence[Edit] = (),
    language: Language = LANGUAGES["en"],
    interpretation: Interpretation | None = None,
    site: str = "",
    no_pictures: str = "",
) -> Sheet:
    """Writes the sheet of a case.

    Args:
        case: What is shown, edits applied.
        pictures: Key images, in the order of printing.
        date: Of the report.
        automatic: The program's own result, where a reader changed it.
        edits: The reader's edits in force.
        language: Of all texts.
        interpretation: Of the shown score, or None.
        site: Name of the site; "": as in the header.
        no_pictures: Why there are none, in words, or "".
    """
    say = language
    scores = None if refusals(case.findings) else case.scores
    printed = f"{date:%Y-%m-%d %H:%M}" if isinstance(date, dt.datetime) else date.isoformat()
    remarks = _remarks(case, say)
    return Sheet(
        language=say.code,
        right_to_left=say.right_to_left,
        title=say("report.title"),
        made=say("report.made", date=printed),
        site=site or case.info.institution,
        identity=identity(case, say),
        patient=patient_rows(case, interpretation, say),
        study=study_rows(case, say),
        headline=_headline(case, scores, say) if scores else None,
        refusal=tuple(r for r in remarks if r.severity == Severity.REFUSAL),
        table=_table(case, scores, say) if scores else None,
        category=_category(case, say) if scores else "",
        bar=_bar(case, say) if scores else None,
        classes=_classes(case, scores, interpretation, say) if scores else (),
        scan=scan_rows(case, say),
        findings=tuple(r for r in remarks if r.severity != Severity.REFUSAL),
        other=other_rows(case, say) if scores else (),
        interpretation=_interpretation(interpretation, say) if scores else (),
        interpreted_for=_interpreted_for(interpretation, say) if scores else "",
        chart=chart_lines(interpretation.chart, say)
        if scores and interpretation and interpretation.chart
        else None,
        prior=_prior(interpretation, say) if scores else (),
        captions=tuple(_caption(picture, case, scores, say) for picture in pictures) if scores else (),
        no_pictures=no_pictures,
        legend=_legend(scores, say) if scores and pictures else (),
        scale=_scale(say),
        method=method_rows(case, automatic, edits, say),
        review=review(case, edits, say),
        reviewed=case.review is not None,
        limits=limits(case, scores, interpretation, say) if scores else (),
        words={key: say(key) for key in _WORDS},
    )


_WORDS = (
    "none", "patient", "study", "scan", "table", "category", "category.classic5", "other", "interpretation",
    "prior", "chart", "findings", "findings.none", "refusal", "refusal.lead", "report.refused", "pictures",
    "pictures.none",
    "pictures.right", "method", "limits", "reader", "reader.incidental", "reader.comment", "reader.signature",
    "report.research", "report.physician", "report.page",
)  # fmt: skip
"""Headings and furniture that the template asks for by key."""


def _headline(case: Case, scores: Scores, say: Language) -> Headline:
    total = scores.total.agatston
    return Headline(
        caption=say("score.total"),
        score=reported_text(total) if math.isnan(total) else str(reported(total)),
        exact=say("score.exact", agatston=quantities.AGATSTON.text(scores.total)),
        qualifier=say(f"score.{beside.replace(' ', '_')}") if (beside := qualifier(case.findings)) else "",
        remark=say("score.above_1000") if total >= 1000.5 else "",
    )


def _table(case: Case, scores: Scores, say: Language) -> Table:
    scaled = abs(case.grid.increment_mm - REFERENCE_INCREMENT_MM) > 1e-6
    columns = quantities.ALL if scaled else quantities.PER_ARTERY
    rows = tuple(
        (
            say(f"artery.{artery}"),
            str(scores.lesions_by_artery[artery]),
            *(q.text(scores.by_artery[artery]) for q in columns),
        )
        for artery in Artery
    )
    total = (say("table.total"), str(scores.lesions), *(q.text(scores.total) for q in columns))
    notes = []
    if not all(_adds_up([row[i] for row in rows], total[i]) for i in range(2, len(total))):
        notes.append(say("score.rounded"))
    if case.mass.calibrated:
        notes.append(say("mass.calibrated", source=_mass_source(case.mass.source, say)))
    else:
        notes.append(say("mass.uncalibrated", factor=f"{case.mass.factor:.6f}"))
    if scores.volume_isotropic_mm3 is not None:
        volume = f"{scores.volume_isotropic_mm3:.{quantities.VOLUME.digits}f}"
        notes.append(say("volume.isotropic", volume=volume))
    heads = (say("table.artery"), say("table.lesions"), *(say(f"table.{q.key}") for q in columns))
    return Table(heads, rows, total, tuple(notes))


def _mass_source(source: str, say: Language) -> str:
    """Where the factor is from, in the language; words of a case that this version does not know stay as they are."""
    keys = ("mass.source.patient", "mass.source.device")
    return next((say(key) for key in keys if ENGLISH[key] == source), source)


def _adds_up(parts: Sequence[str], total: str) -> bool:
    """Whether a person who adds the printed numbers gets the printed total."""
    if quantities.DASH in parts:  # a rule set with totals only
        return True
    return sum(map(Decimal, parts)) == Decimal(total)


def _category(case: Case, say: Language) -> str:
    if case.category is None:
        return say("category.withheld_rules" if case.rules.name != "literature" else "category.withheld")
    word = say(f"category.{case.category.word}.word")
    return say("category.class", word=word, label=_range(case.category.label))


def _range(label: str) -> str:
    """A class for people: "101–400", "> 400"."""
    return label.replace(">", "> ").replace("-", "–")


def _bar(case: Case, say: Language) -> Bar | None:
    if case.category is None:
        return None
    r = case.category.reported
    tops = [top for top, _, _ in CLASSIC5]
    current = next((i for i, top in enumerate(tops) if r <= top), len(tops))
    low = tops[current - 1] if current else 0
    # the last class has no end: what is far above its beginning stands near the end of the bar
    inside = (
        (r - low) / (tops[current] - low) if 0 < current < len(tops) else 0.5 if not current else 1 - low / r
    )
    following = distance_to_next(r)
    caption = say("category.last")
    if following:
        caption = say("category.next", units=following[0], label=_range(following[1]))
    return Bar(
        labels=tuple(_range(label) for label in (*(label for _, label, _ in CLASSIC5), ">400")),
        words=tuple(
            say(f"category.{word}.word") for word in (*(word for _, _, word in CLASSIC5), "extensive")
        ),
        current=current,
        position=(current + inside) / (len(tops) + 1),
        caption=caption,
    )


def _classes(
    case: Case, scores: Scores, interpretation: Interpretation | None, say: Language
) -> tuple[Row, ...]:
    drs = stage = say("none")
    if case.category is not None:
        drs = case.category.cac_drs
        maron = interpretation.maron if interpretation else maron_stage(case.category.reported)
        stage = maron_text(maron, say)
    left_main = scores.by_artery[Artery.LM].agatston
    unassigned = scores.by_artery[Artery.UNASSIGNED].agatston
    main = say("no")
    if left_main > 0:
        main = f"{say('yes')} ({quantities.AGATSTON.text(scores.by_artery[Artery.LM])})"
    elif math.isnan(left_main):  # a rule set with totals only
        main = say("none")
    elif unassigned > 0:  # it may well be in the left main
        main = say("category.left_main_open")
    return (
        Row(say("category.cac_drs"), drs),
        Row(say("category.left_main"), main),
        Row(say("category.maron"), stage),
        Row(say("category.stability"), _interval(case, say)),
    )


def _interval(case: Case, say: Language) -> str:
    if case.stability is None:
        return say("none")
    return say("category.interval", low=reported(case.stability.low), high=reported(case.stability.high))


def _interpretation(interpretation: Interpretation | None, say: Language) -> tuple[Cited, ...]:
    if interpretation is None:
        return (Cited(say("interpretation"), say("none"), "", ""),)
    return tuple(Cited(*parts) for parts in line_pairs(interpretation, say))


def _interpreted_for(interpretation: Interpretation | None, say: Language) -> str:
    """Whom the lines are for: age, sex and group in force."""
    if interpretation is None:
        return ""
    who = interpretation.patient
    age = say("patient.age", years=who.age_years) if who.age_years is not None else ""
    chosen = [say(f"choice.{word}") for word in (who.sex, who.group) if word]
    return say("interpretation.given_for", who=say("comma").join(filter(None, (age, *chosen))) or say("none"))


def _prior(interpretation: Interpretation | None, say: Language) -> tuple[Row, ...]:
    if interpretation is None or interpretation.progression is None:
        return (Row(say("prior.scan"), say("none.because", why=say("reason.none_given"))),)
    return tuple(Row(*pair) for pair in progression_pairs(interpretation.progression, say))


def _remarks(case: Case, say: Language) -> tuple[Remark, ...]:
    ordered = sorted(
        case.findings, key=lambda found: -RANK[found.severity]
    )  # stable: else as they were found
    return tuple(
        Remark(
            severity=found.severity.value,
            label=say(f"severity.{found.severity.value}"),
            text=" ".join(filter(None, (say.sentence(found), say.remedy(found)))),
        )
        for found in ordered
    )


def _caption(picture: Picture, case: Case, scores: Scores, say: Language) -> str:
    if picture.kind != "axial":
        return say(f"pictures.{picture.kind}")
    lesion = case.lesion(picture.lesion_id)
    z = lesion.box[0] if picture.index_z is None else picture.index_z
    facts: dict[str, Fact] = {
        "artery": _short(lesion.artery, say) if lesion.is_scored else say("other"),
        "slice": z + 1,
        "slices": case.grid.shape_zyx[0],
        "peak": lesion.max_hu,
    }
    score = scores.by_lesion.get(lesion.id)
    if score is None:
        return say("pictures.axial_plain", **facts)
    return say("pictures.axial", agatston=quantities.AGATSTON.text(score), **facts)


def _short(artery: Artery, say: Language) -> str:
    return say("artery.none") if artery is Artery.UNASSIGNED else artery.label


def _scale(say: Language) -> str:
    center, width = CALCIUM_WINDOW
    facts = {"side": f"{LESION_SIDE_MM:g}", "center": f"{center:g}", "width": f"{width:g}"}
    return say("pictures.scale", **facts)


def _legend(scores: Scores, say: Language) -> tuple[Row, ...]:
    """Arteries with calcium, and the colour of their outlines as #rrggbb."""
    return tuple(
        Row(
            _short(artery, say),
            "#{:02x}{:02x}{:02x}".format(*ARTERY[artery]),
        )
        for artery in Artery
        if scores.lesions_by_artery[artery]
    )
