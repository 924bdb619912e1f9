"""What findings say in Arabic: code to sentence and remedy, with the places of core.findings.

Sentences are written so that a number needs no agreement ("عدد الملفات: {count}"). Facts that are English words
are put into Arabic where they are known (`FACTS`, `_PATTERNS`); others stay as they are, isolated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from cacviewer.core.findings import Fact, Finding
from cacviewer.language.isolates import isolated, set_right_to_left

_AGAIN = "أعد تصدير السلسلة من جهاز التصوير أو من PACS."
_COMPARE = "لا تقارن إلا بفحوص لهذا المريض أُجريت بالطريقة نفسها."
_PROTOCOL = "ابحث عنه في بروتوكول الفحص."
_CHOOSE = "اختر سلسلة CT المحورية الأصلية للقلب أو الصدر."

FINDINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # input
        "no_dicom": ("لا توجد صورة CT قابلة للقراءة في {path}.", "اختر المجلد الذي فيه ملفات DICOM."),
        "path_not_found": ("المسار {path} غير موجود.", "تحقق من المسار."),
        "no_permission": ("ملفات تعذّر فتحها لعدم الإذن: {count}.", "اطلب إذن القراءة."),
        "source_vanished": ("اختفى المصدر أثناء قراءته.", "أعد القرص وافتحه من جديد."),
        "empty_file": ("ملفات فارغة لم تُقرأ: {count}.", "إن نقصت شرائح فانسخ الملفات من جديد."),
        "not_dicom": ("ملفات ليست DICOM لم تُقرأ: {count}.", ""),
        "unreadable_file": ("ملفات DICOM لا يمكن قراءتها: {count}.", _AGAIN),
        "truncated_file": ("ملفات مبتورة: {count}؛ تنقص شرائح.", _AGAIN),
        "siblings_read": ("فُتحت شريحة واحدة؛ وقُرئت معها ملفات أخرى من سلسلتها في المجلد نفسه: {count}.", ""),
        "header_repaired": (
            "قيم في الترويسة تخالف المعيار وقُرئت بتساهل: {what}.",
            "راجع هذه القيم في الترويسة إن بدا رقم غريبًا.",
        ),
        "no_preamble": ("قُرئت ملفات بلا مقدمة DICOM.", ""),
        "charset_guessed": (
            "مجموعة المحارف ناقصة أو خاطئة؛ خُمّن النص.",
            "تحقق من اسم المريض قبل طباعة تقرير.",
        ),
        "unsafe_archive_member": (
            "عناصر في الأرشيف مسارها خارجه ولم تُقرأ: {count}.",
            "اطلب من المرسل أرشيفًا سليمًا.",
        ),
        "archive_bomb": (
            "يتجاوز الأرشيف الحدود عند فكّه؛ لم يُستخدم منه شيء.",
            "إن كنت تثق بالمرسل ففُكّه ببرنامج آخر وافتح المجلد.",
        ),
        "archive_encrypted": ("الأرشيف محمي بكلمة مرور.", "فُكّه أولًا."),
        "archive_damaged": ("الأرشيف تالف؛ استُخدم ما أمكن فكّه.", "انسخه من جديد."),
        "dicomdir_incomplete": (
            "ملفات يذكرها DICOMDIR وهي ناقصة أو خارج مجلده: {count}.",
            "إن نقصت شرائح فانسخ القرص كله من جديد؛ وقد قُرئ المجلد نفسه.",
        ),
        # grouping
        "missing_series_uid": (
            "ليس للسلسلة SeriesInstanceUID؛ جُمعت بحسب وسومها الأخرى.",
            "تحقق من أن شرائحها كلها من سلسلة واحدة.",
        ),
        "missing_sop_uid": ("صور بلا SOPInstanceUID مُيّزت بمحتواها.", ""),
        "series_split": (
            "معرّف سلسلة واحد لصور من أنواع أو هندسات مختلفة؛ هذا هو الجزء {part}.",
            "انظر إلى الأجزاء الأخرى في قائمة السلاسل.",
        ),
        "phases_split": (
            "في سلسلة واحدة أطوار أو أزمنة عددها {count} ({by})؛ هذا واحد منها.",
            "تحقق من أن هذا هو الطور المطلوب حسابه.",
        ),
        "mixed_patients": ("معرّف سلسلة واحد لصور عدة مرضى؛ فُصل بينها.", "تحقق من المريض قبل استخدام الدرجة."),
        "duplicate_slices": ("شرائح مكررة: {count}؛ أُبقيت واحدة من كل منها.", ""),
        "conflicting_slices": ("مواضع فيها صورتان مختلفتان ولا شيء يميّز بينهما: {count}.", _AGAIN),
        # geometry
        "missing_position": ("ليس للصور موضع (ImagePositionPatient).", _AGAIN),
        "missing_orientation": ("ليس للصور اتجاه (ImageOrientationPatient).", _AGAIN),
        "bad_orientation": ("متجهات الاتجاه ليست بطول واحد أو ليست متعامدة.", _AGAIN),
        "missing_pixel_spacing": ("تباعد البكسل ناقص أو صفر، فلا يمكن قياس شيء.", _AGAIN),
        "missing_slices": (
            "شرائح ناقصة: {count}، عند {where} mm (رقم {numbers} من {of}). يمكن عرض السلسلة؛ ولا تُحسب لأن التكلّس هناك قد يفوت.",
            _AGAIN,
        ),
        "increment_jitter": (
            "تنحرف مواضع الشرائح عن الانتظام بما يصل إلى {percent} %؛ استُخدم التباعد الملائم {increment_mm} mm.",
            "فضّل تصديرًا بمواضع غير مقرّبة إن وُجد.",
        ),
        "variable_increment": (
            "التباعد بين الشرائح غير ثابت ({low_mm} إلى {high_mm} mm).",
            "اختر إعادة بناء بتباعد ثابت.",
        ),
        "lateral_shift": ("الشرائح مزاحة جانبيًا بما يصل إلى {shift_mm} mm.", _AGAIN),
        "gantry_tilt": (
            "كان الجهاز مائلًا بمقدار {degrees} درجة؛ فالمساحات والمسافات ليست كما تبدو.",
            "اختر فحصًا بلا إمالة.",
        ),
        "oblique_acquisition": (
            "الشرائح مائلة بمقدار {degrees} درجة؛ وتُحسب كما صُوّرت.",
            "فضّل إعادة البناء المحورية للفحص نفسه إن وُجدت.",
        ),
        "not_axial": ("الشرائح ليست محورية (الانحراف {degrees} درجة).", _CHOOSE),
        "single_slice": ("في السلسلة شريحة واحدة فقط.", _CHOOSE),
        "overlapping_slices": (
            "الشرائح متراكبة: التباعد {increment_mm} mm والسماكة {thickness_mm} mm.",
            "مجموعة القواعد تحدد كيف تُحسب الشرائح المتراكبة.",
        ),
        "slice_gap": (
            "توجد فراغات بين الشرائح: التباعد {increment_mm} mm والسماكة {thickness_mm} mm. لم يُرَ النسيج بينها.",
            "اختر إعادة بناء متصلة إن وُجدت.",
        ),
        "spacing_tag_disagrees": (
            "يذكر SpacingBetweenSlices ‏{tag_mm} mm، وتذكر المواضع {increment_mm} mm؛ استُخدمت المواضع.",
            "",
        ),
        "thickness_missing": ("سماكة الشريحة غير مذكورة.", _PROTOCOL),
        # voxels
        "missing_rescale": ("ينقص ميل التحويل أو تقاطعه: القيم ليست وحدات هاونسفيلد.", _AGAIN),
        "mixed_rescale": ("يختلف التحويل بين الشرائح وطُبّق على كل منها.", ""),
        "not_hounsfield": ("القيم ليست وحدات هاونسفيلد لتصوير CT عادي ({what}).", _CHOOSE),
        "padding_replaced": ("الحشو خارج دائرة التصوير ({percent} % من النقاط) جُعل هواءً.", ""),
        "padding_ignored": (
            "قيمة الحشو المعلنة هي قيمة نسيج وأُبقيت.",
            "انظر إلى حافة الصورة بحثًا عن نقاط ساطعة أو داكنة زائفة.",
        ),
        "monochrome1": ("التفسير الضوئي MONOCHROME1؛ القيم لم تتغير.", ""),
        "bits_masked": ("بتات فوق المخزَّن كانت مستخدمة وحُجبت.", ""),
        "hu_clipped": ("قُصّت قيم خارج مجال 16 بت.", ""),
        "lossy_compression": (
            "ضُغطت الصور مع فقد؛ قد تكون التكلّسات الصغيرة تغيّرت.",
            "اختر الصور الأصلية إن كانت باقية.",
        ),
        "unsupported_transfer_syntax": ("لا يوجد مفكّك لصيغة النقل {uid}.", "صدّر السلسلة دون ضغط."),
        "decode_failed": ("شرائح تعذّر فكّها وهي ناقصة: {count}.", _AGAIN),
        "enhanced_multiframe": ("كائن متعدد الإطارات محسَّن.", ""),
        # kind and acquisition
        "not_ct": ("السلسلة {modality} وليست CT.", _CHOOSE),
        "localizer": ("هذه صورة تحديد الموضع.", _CHOOSE),
        "projection_image": ("هذه إسقاطات (MIP أو MPR سميك أو ما شابه) وليست شرائح مصوَّرة.", _CHOOSE),
        "derived_image": ("هذه صور مشتقة وليست الأصلية.", "فضّل السلسلة الأصلية إن وُجدت."),
        "secondary_capture": ("هذه لقطات شاشة بلا وحدات هاونسفيلد.", _CHOOSE),
        "acquisition_unknown": (
            "صيغة الملف لا تذكر كيف جرى التصوير؛ تُفترض وحدات هاونسفيلد عند 120 kVp.",
            "استخدم سلسلة DICOM إن وُجدت.",
        ),
        "contrast_tagged": ("تذكر الترويسة مادة تباين ({agent}).", "تحقق من أن هذا هو الفحص بلا تباين."),
        "contrast_seen": (
            "تُرى مادة تباين: متوسط {place} {blood_hu} HU، فوق {limit_hu} HU. الأوعية ساطعة كالتكلّس، فلا معنى للدرجة.",
            "اختر الفحص بلا مادة تباين.",
        ),
        "kvp_missing": ("جهد الأنبوب غير مذكور؛ استُخدم الحد 130 HU (120 kVp).", _PROTOCOL),
        "kvp_not_120": ("جهد الأنبوب {kvp} kVp؛ الحد {limit_hu} HU ({source}).", _COMPARE),
        "kv_independent_kernel": (
            "تُظهر النواة {kernel} التكلّس كما عند 120 kVp؛ ويبقى الحد 130 HU.",
            _COMPARE,
        ),
        "tin_filter": (
            "استُخدم مرشّح قصدير: جهد الأنبوب لا يصف الحزمة؛ الحد 130 HU والدرجة تقديرية.",
            _COMPARE,
        ),
        "sharp_kernel": (
            "النواة {kernel} حادة: ترفع الذرى والضجيج.",
            "اختر إعادة البناء بنواة ناعمة إن وُجدت.",
        ),
        "thickness_unusual": (
            "سماكة الشريحة {thickness_mm} mm؛ وُضعت الدرجات لسماكة 2.5-3 mm. الشرائح السميكة قد تُخفي تكلّسات صغيرة، "
            "والرقيقة ترفع الدرجة.",
            "اختر إعادة بناء بسماكة 2.5 أو 3 mm إن وُجدت.",
        ),
        "not_gated": (
            "لم يكن التصوير متزامنًا مع تخطيط القلب: قد تفوت التكلّسات الصغيرة وتختلف الدرجات.",
            _COMPARE,
        ),
        "gating_unknown": ("لا تذكر الترويسة هل كان التصوير متزامنًا مع تخطيط القلب.", _PROTOCOL),
        "metal_suspected": (
            "يُشتبه بوجود معدن (نقاط بقيمة {max_hu} HU).",
            "ابحث عن دعامات ومشابك وأسلاك وخطوط قرب الآفات.",
        ),
        "coverage_short": ("لا يغطي التصوير سوى {mm} mm على طول الجسم.", "تحقق من أنه يشمل القلب كله."),
        "fov_cut": ("يقطع مجال الرؤية القلب ({where})؛ الدرجة حد أدنى وليس لها فئة.", ""),
        "noise_high": ("الصورة كثيرة الضجيج (الانحراف المعياري {sd_hu} HU): قد تبلغ نقاط منها الحد.", ""),
        "heart_not_found": ("لم يُعثر على قلب ({reason}).", "تحقق من أن الفحص يُظهر القلب."),
        # scoring and review
        "stent_or_bypass": ("عُلّمت دعامة أو مجازة: لا يمكن حساب شريانها بثقة.", ""),
        "limit_changed": ("غيّر القارئ حد HU؛ لا تُعطى فئة.", ""),
        "artery_unassigned": ("آفات تاجية لم يُحدَّد شريانها بعد: {count}.", ""),
        "mass_uncalibrated": ("الكتلة غير معايَرة لهذا الجهاز.", ""),
        "category_edge": ("الدرجة قريبة من حد بين فئتين: {a} أو {b}.", ""),
    }
)

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "ascending aorta": "الأبهر الصاعد",
        "descending aorta": "الأبهر النازل",
        "aorta": "الأبهر",
        "outside the table of limits: no score": "خارج جدول الحدود: لا درجة",
        "limit interpolated, score is an estimate": "الحد مستكمَل حسابيًا، والدرجة تقديرية",
        "published limit": "حد منشور",
        "none": "لا يوجد",
        "top": "الأعلى",
        "bottom": "الأسفل",
        "left": "اليسار",
        "right": "اليمين",
        "front": "الأمام",
        "back": "الخلف",
        "nothing in the image looks like a heart": "لا شيء في الصورة يشبه القلب",
        "the heart lies to the right; the image is mirrored or the heart is": "القلب إلى اليمين؛ الصورة معكوسة أو القلب",
    }
)
"""Words that the program itself puts into facts."""

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^slices? (.*)$"), r"الشرائح \1"),
    (re.compile(r"^what looks like a heart has only (.*)$"), r"ما يشبه القلب لا يتجاوز \1"),
    (re.compile(r"^what looks like a heart has (.*)$"), r"ما يشبه القلب يبلغ \1"),
    (re.compile(r"^the network is not sure enough \((.*)\)$"), r"الشبكة غير واثقة بما يكفي (\1)"),
    (re.compile(r"^(.*) or (.*)$"), r"\1 أو \2"),
)


def said_in_arabic(found: Finding, *, remedy: bool = False) -> str:
    """The sentence of a finding, or what to do; "" where its code is not known here."""
    text = FINDINGS.get(found.code, ("", ""))[remedy]
    return (
        set_right_to_left(text).format_map(_Places({name: _fact(fact) for name, fact in found.facts}))
        if text
        else ""
    )


class _Places(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _fact(fact: Fact) -> str:
    text = str(fact)
    arabic = (
        ", ".join(FACTS.get(part, part) for part in text.split(", ")) if text not in FACTS else FACTS[text]
    )
    for pattern, said in _PATTERNS:
        arabic = pattern.sub(said, arabic)
    return isolated(arabic)
