"""The screens on which something is asked."""

from __future__ import annotations

from datetime import date, timedelta

from drivers.device import Personal
from kiosk.core import availability, papers, questions, scenes, steps, views
from kiosk.core.cases import Way
from kiosk.core.catalogue import Field, FieldKind, Necessity
from kiosk.core.flows import providing
from kiosk.core.matter import Matter
from kiosk.core.questions import Asked
from kiosk.core.visit import Journey, Purpose, Visit


def identify(journey: Journey, scene: scenes.Identify) -> views.IdentifyView:
    """What may be shown now."""
    means = availability.means(journey.devices, reachable=journey.platform_reachable)
    return views.IdentifyView(means, scene.reading, scene.trouble)


def face_check(scene: scenes.FaceCheck) -> views.FaceCheckView:
    """Consent, or what the camera sees."""
    return views.FaceCheckView(
        asks=not scene.consented,
        guidance=scene.guidance,
        picture=scene.picture,
        comparing=scene.comparing,
        trouble=scene.trouble,
    )


def consent(journey: Journey, matter: Matter) -> views.ConsentView:
    """What would be fetched."""
    shared = set(steps.shared_keys(matter))
    fields = (field for field in steps.fields(matter) if field.shared in shared)
    labels = (field.label.of(journey.language) for field in fields)
    materials = (m.name.of(journey.language) for m in matter.materials if m.certificate)
    return views.ConsentView(
        matter.name.of(journey.language),
        tuple(dict.fromkeys(labels)),
        tuple(materials),
    )


def question(journey: Journey, visit: Visit, scene: scenes.Filling) -> views.QuestionView | None:
    """One question with its options; None where it is not asked any more."""
    asked = questions.find(journey, visit, scene.step, scene.key)
    if asked is None:
        return None
    put = [one.key for one in questions.put(journey.catalogue, visit, scene.step)]
    counted = put if scene.key in put else [scene.key]
    field, language = asked.field, journey.language
    return views.QuestionView(
        step=scene.step,
        label=field.label.of(language),
        hint=field.hint.of(language) if field.hint else None,
        kind=field.kind,
        required=field.required,
        text=Personal(_typed(field, scene.text)),
        options=_options(journey, field, scene.text),
        path=_path(journey, field, scene.text),
        problem=scene.problem,
        bounds=_bounds(field, journey.today),
        service=None if visit.purpose is Purpose.APPLY else visit.purpose,
        group=member(journey, asked),
        longest=field.longest,
        number=counted.index(scene.key) + 1,
        total=len(counted),
        spelled=scene.key != questions.CASE_NUMBER.key,
        letters=scene.letters,
        candidates=scene.candidates,
    )


def _typed(field: Field, text: str) -> str:
    return text.partition("|")[2] if field.kind is FieldKind.ADDRESS else text


def _options(journey: Journey, field: Field, text: str) -> tuple[views.OptionView, ...]:
    if field.kind is FieldKind.ADDRESS:
        inside = journey.catalogue.inside(text.partition("|")[0] or None)
        return tuple(views.OptionView(r.code, r.name.of(journey.language)) for r in inside)
    return tuple(
        views.OptionView(c.code, c.label.of(journey.language), chosen=c.code == text)
        for c in field.choices
    )


def _path(journey: Journey, field: Field, text: str) -> tuple[str, ...]:
    """The names of the regions picked, the largest first."""
    if field.kind is not FieldKind.ADDRESS:
        return ()
    return region_names(journey, text.partition("|")[0])


def region_names(journey: Journey, code: str) -> tuple[str, ...]:
    """A region's name and those it lies in, the largest first."""
    names: list[str] = []
    region = journey.catalogue.region(code)
    while region is not None and len(names) < 6:
        names.insert(0, region.name.of(journey.language))
        region = journey.catalogue.region(region.parent or "")
    return tuple(names)


def _bounds(field: Field, today: date) -> tuple[str, str] | None:
    """The least and the most that an answer may be; of a DATE, its first and its last day."""
    if field.kind is FieldKind.DATE:
        back, ahead = field.days_back, field.days_ahead
        return _as_words(_on(today, None if back is None else -back), _on(today, ahead))
    return _as_words(field.least, field.most)


def _on(today: date, days: int | None) -> date | None:
    """So many days after today; a bound beyond the calendar is none."""
    try:
        return None if days is None else today + timedelta(days=days)
    except OverflowError:
        return None


def _as_words(least: object, most: object) -> tuple[str, str] | None:
    if least is None and most is None:
        return None
    return "" if least is None else str(least), "" if most is None else str(most)


def member(journey: Journey, asked: Asked) -> str | None:
    """Which of several a question is about: "孩子 2"."""
    if asked.one is None:
        return None
    return f"{asked.one.of(journey.language)} {asked.index + 1}"


def promise(journey: Journey, matter: Matter, scene: scenes.Promise) -> views.PromiseView | None:
    """One item's commitment."""
    item = next((item for item in matter.items if item.code == scene.item), None)
    if item is None or item.commitment is None:
        return None
    language = journey.language
    return views.PromiseView(
        item_name=item.name.of(language),
        told=item.commitment.told.of(language),
        promise=item.commitment.promise.of(language),
        consequence=item.commitment.consequence.of(language),
        replaces=tuple(m.name.of(language) for m in item.materials if m.promised),
    )


def provide(journey: Journey, visit: Visit, scene: scenes.Providing) -> views.ProvideView | None:
    """One material and the ways to bring it."""
    material = providing.material_of(journey, scene)
    if material is None:
        return _owed(journey, scene)
    held = papers.serving(material, visit, journey.today)
    open_to = papers.ways(journey, material)
    by_hand = [m.code for m in papers.by_hand(visit, journey.today)]
    left = papers.pending(visit, journey.today)
    return views.ProvideView(
        name=material.name.of(journey.language),
        note=material.note.of(journey.language) if material.note else None,
        ways=tuple(views.WayView(way, why_not) for way, why_not in open_to.items()),
        certificate=held.title if held and not held.valid(journey.today) else None,
        later=material.deferral_days,
        optional=material.necessity is Necessity.OPTIONAL,
        number=1 + max(len(by_hand) - len(left), 0),
        total=max(len(by_hand), 1),
        trouble=scene.trouble,
        words=scene.words,
    )


def _owed(journey: Journey, scene: scenes.Providing) -> views.ProvideView | None:
    """What is owed to a case: handed in now, by one of the two ways."""
    owed = scene.case.case.owed if scene.case else ()
    name = next((o.name for o in owed if o.material == scene.material), None)
    if name is None:
        return None
    camera = availability.why_no_scan(journey.devices)
    ways = (views.WayView(Way.SCAN, camera), views.WayView(Way.PHONE, None))
    return views.ProvideView(
        name=name.of(journey.language),
        note=None,
        ways=ways,
        certificate=None,
        later=None,
        optional=False,
        number=1,
        total=1,
        trouble=scene.trouble,
        words=scene.words,
    )


def name_of(journey: Journey, scene: scenes.Providing) -> str:
    """What a material is called, wherever it is asked for."""
    visit = journey.visit
    shown = provide(journey, visit, scene) if visit else None
    return shown.name if shown else ""


def scan(journey: Journey, scene: scenes.Scanning) -> views.ScanView:
    """What the document camera sees."""
    beneath = scene.beneath
    return views.ScanView(
        name=name_of(journey, beneath) if isinstance(beneath, scenes.Providing) else None,
        guidance=scene.guidance,
        picture=scene.picture,
        pages=len(scene.pages),
        most=providing.most_pages(journey, scene.beneath),
        watching=scene.watching,
        trouble=scene.trouble,
    )


def upload(journey: Journey, scene: scenes.Uploading) -> views.UploadView:
    """The page for the phone."""
    page = scene.page
    return views.UploadView(
        name_of(journey, scene.beneath), page.url, page.seconds, len(scene.pages)
    )


def deferral(journey: Journey, visit: Visit) -> views.DeferralView:
    """What will follow."""
    return views.DeferralView(
        tuple(
            views.LaterView(m.name.of(journey.language), m.deferral_days or 0)
            for m in papers.deferred(visit)
        )
    )


def signature(journey: Journey, visit: Visit, matter: Matter) -> views.SignatureView:
    """What is signed."""
    signs = {
        views.Signs.APPLICATION: matter.signature,
        views.Signs.COMMITMENT: bool(visit.promised),
        views.Signs.DEFERRAL: bool(papers.deferred(visit)),
    }
    wanted = tuple(one for one, is_so in signs.items() if is_so)
    return views.SignatureView(matter.name.of(journey.language), wanted)
