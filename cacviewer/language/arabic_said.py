"""Arabic of sentences that lower floors make in English: progress, reasons of lesions, sources, errors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "Looking for series": "البحث عن السلاسل",
        "Looking for masks and series": "البحث عن الأقنعة والسلاسل",
        "Reading slices": "قراءة الشرائح",
        "Finding heart and aorta": "البحث عن القلب والأبهر",
        "Finding the heart": "البحث عن القلب",
        "Outlining heart and aorta": "تحديد القلب والأبهر",
        "Drawing the masks": "رسم الأقنعة",
        "Finding calcium": "البحث عن التكلّس",
        "Scoring": "حساب الدرجة",
        "Making surfaces": "بناء السطوح ثلاثية الأبعاد",
        "Writing the report": "كتابة التقرير",
        "Writing {kind}": "كتابة {kind}",
    }
)
"""What a child says that it is doing."""

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "counted by the reader ({reason})": "احتسبه القارئ ({reason})",
        "excluded by the reader ({reason})": "استبعده القارئ ({reason})",
        "nothing reaches the reader's limit of {limit} HU ({reason})": "لا شيء منه يبلغ حد القارئ {limit} HU ({reason})",
        "{ml} ml of bright tissue that reaches out of the heart": "{ml} ml من نسيج ساطع يمتد خارج القلب",
        "bright as metal: peak of {hu} HU, {share} as bright": "ساطع كالمعدن: الذروة {hu} HU، و{share} منه بهذا السطوع",
        "{mm} mm beside metal: its streak or a part of it": "على بُعد {mm} mm من معدن: أثر شعاعي له أو جزء منه",
        "contrast of {cnr} standard deviations of the noise, {needed} are needed": "تباينه {cnr} انحراف معياري للضجيج، "
        "والمطلوب {needed}",
        "in the middle of the aortic root, {mm} mm above the annulus: aortic valve": "في وسط جذر الأبهر، على بُعد {mm} mm "
        "فوق الحلقة: الصمام الأبهري",
        "{share} of its voxels lie in the aorta": "{share} من فوكسلاته داخل الأبهر",
        "at the aortic annulus, in the middle of soft tissue: aortic valve": "عند الحلقة الأبهرية، وسط نسيج رخو: الصمام "
        "الأبهري",
        "{mm} mm deep in soft tissue, no fat of an artery beside it: valve, annulus or muscle": "بعمق {mm} mm في نسيج رخو "
        "ولا شحم شريان بجانبه: صمام أو حلقة أو عضلة",
        "{mm} mm from the aorta and no fat between: wall of the root": "على بُعد {mm} mm من الأبهر ولا شحم بينهما: جدار الجذر",
        "above the coronary arteries: pulmonary artery or lymph node": "أعلى من الشرايين التاجية: شريان رئوي أو عقدة لمفية",
        "beside the lung ({share} of what is around), not in fat as an artery would be": "بجوار الرئة ({share} مما حوله)، "
        "لا في الشحم حيث يكون الشريان",
        "in a band {hu} HU brighter than the heart, no fat beside it: motion or overshoot": "في شريط أسطع من القلب بمقدار "
        "{hu} HU ولا شحم بجانبه: حركة أو تجاوز حافة",
        "outside the heart's border, and not in fat as an artery would be": "خارج حدود القلب، وليس في الشحم حيث يكون الشريان",
        "outside the heart's border, {mm} mm from the usual course of every artery": "خارج حدود القلب، على بُعد {mm} mm من "
        "المسار المعتاد لكل شريان",
        "{share} of its voxels lie in the heart, outside the aorta": "{share} من فوكسلاته داخل القلب خارج الأبهر",
        "within {mm} mm of the heart's border": "ضمن {mm} mm من حدود القلب",
        "{share} of its voxels lie outside the heart": "{share} من فوكسلاته خارج القلب",
    }
)
"""Why a lesion is taken for what it is."""

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "factor of the rule set, not in mg": "معامل مجموعة القواعد، ليس بوحدة mg",
        "no mass under this rule set": "لا كتلة في مجموعة القواعد هذه",
        "scanner's factor for this patient": "معامل الجهاز لهذا المريض",
        "scanner's factor, medium patient assumed": "معامل الجهاز بافتراض مريض متوسط الحجم",
        "mass not calibrated": "الكتلة غير معايَرة",
    }
)
"""Where the factor of the mass comes from."""

ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "The series in {path} is not the one that this case was made from: {what}.": "السلسلة في {path} ليست التي صُنعت "
        "منها هذه الحالة: {what}.",
        "Open the scan and score it again, then export.": "افتح الفحص واحسب درجته من جديد ثم صدّره.",
        "{path} cannot be written: {reason}.": "لا يمكن الكتابة في {path}: {reason}.",
        "The weights of the network {name} are missing.": "أوزان الشبكة {name} غير موجودة.",
        "The weights of the network {name} are not those of its card (SHA-256 {a} instead of {b}).": "أوزان الشبكة {name} "
        "ليست أوزان بطاقتها (SHA-256 {a} بدلًا من {b}).",
        "The card of the network cannot be read.": "لا يمكن قراءة بطاقة الشبكة.",
        "This is no card of a heart network ({error}).": "هذه ليست بطاقة شبكة للقلب ({error}).",
        "The program's own network is missing ({error}).": "شبكة البرنامج نفسه غير موجودة ({error}).",
        "The weights do not fit the architecture {name}: {error}.": "الأوزان لا تلائم البنية {name}: {error}.",
        "The series is not there any more.": "السلسلة لم تعد موجودة.",
        "Look at the input.": "افحص ملفات الإدخال.",
        "{path} is not there.": "{path} غير موجود.",
        "Check the name.": "تحقّق من الاسم.",
        "Looking for scans: {count}": "البحث عن الفحوص: {count}",
        "The masks of this case are not at hand.": "أقنعة هذه الحالة غير متوفرة.",
        "Put them back beside the case.": "أعدها إلى جانب ملف الحالة.",
        "DICOM objects belong to the study of the patient and carry the names that stand there.": "كائنات DICOM تتبع دراسة "
        "المريض وتحمل الأسماء الواردة فيها.",
        "Anonymise the scan first (cacviewer anonymize) and score the copy.": "أزل هوية الفحص أولًا (cacviewer anonymize) ثم "
        "احسب درجة النسخة.",
        "The series cannot be read.": "لا يمكن قراءة السلسلة.",
        "The prior {path} has no score.": "الفحص السابق {path} بلا درجة.",
        "Choose a scored case.json.": "اختر ملف case.json محسوب الدرجة.",
        "{title} cannot be made: the masks of {path} are not at hand.": "لا يمكن إنشاء {title}: أقنعة {path} غير متوفرة.",
        "Put them back beside the case, or leave this format out.": "أعدها إلى جانب ملف الحالة أو اترك هذه الصيغة.",
        "There is not enough memory for this series.": "الذاكرة لا تكفي لهذه السلسلة.",
        "Close other programs.": "أغلق البرامج الأخرى.",
        "DICOM objects belong to a DICOM study, and this scan did not come from one.": "كائنات DICOM تتبع دراسة DICOM، وهذا "
        "الفحص لم يأتِ من دراسة كهذه.",
        "Choose NIfTI, NRRD, STL or PLY instead.": "اختر NIfTI أو NRRD أو STL أو PLY بدلًا منها.",
        "The scan is no longer at {path}; DICOM objects need its headers.": "لم يعد الفحص في {path}؛ وكائنات DICOM تحتاج إلى "
        "ترويساته.",
        "Put the scan back, or open it where it is now and score it again.": "أعد الفحص إلى مكانه، أو افتحه حيث هو الآن واحسب "
        "درجته من جديد.",
        "{path} does not hold the series that this case was made from ({uid}).": "لا يحتوي {path} على السلسلة التي صُنعت منها "
        "هذه الحالة ({uid}).",
        "The images in {path} lack valid unique identifiers, so that nothing can refer to them.": "صور {path} بلا معرّفات "
        "فريدة صالحة، فلا يمكن الإشارة إليها.",
        "Have the scan sent again by the scanner or the archive.": "اطلب إرسال الفحص من جديد من جهاز التصوير أو الأرشيف.",
        "There are no key images of this case.": "لا توجد صور رئيسية لهذه الحالة.",
        "There is no heart, aorta or calcium on this scan that could be written as a segmentation.": "لا يوجد في هذا الفحص "
        "قلب أو أبهر أو تكلّس يمكن كتابته كتجزئة.",
        "The scan was not scored, so that there are no numbers for a structured report.": "لم تُحسب درجة الفحص، فلا أرقام "
        "لتقرير منظَّم.",
        "See the findings for the reason.": "انظر السبب في الملاحظات.",
        "The logo {path} cannot be used: {why}.": "لا يمكن استخدام الشعار {path}: {why}.",
        "Choose another file.": "اختر ملفًا آخر.",
        "There is no heart, aorta or calcium on this scan that has a surface.": "لا يوجد في هذا الفحص قلب أو أبهر أو تكلّس له "
        "سطح.",
        "Give a case.json that cacviewer has written.": "اختر ملف case.json كتبه cacviewer.",
        "The percentile table {path} cannot be used: {what}.": "لا يمكن استخدام جدول المئينات {path}: {what}.",
        "The percentile table {path} cannot be read: {error}.": "لا يمكن قراءة جدول المئينات {path}: {error}.",
        "The worker ended in the middle of its work ({reason}); trying again.": "توقفت العملية المساعدة أثناء عملها "
        "({reason})؛ تجري إعادة المحاولة.",
        "The worker ended twice in the middle of '{job}' ({reason}).": "توقفت العملية المساعدة مرتين أثناء '{job}' ({reason}).",
        "Close other programs if memory is short, and try again.": "أغلق البرامج الأخرى إن كانت الذاكرة قليلة ثم أعد المحاولة.",
        "Restart the program; see the log.": "أعد تشغيل البرنامج وانظر السجل.",
        "The answer of a worker cannot be read: {error}.": "لا يمكن قراءة جواب العملية المساعدة: {error}.",
    }
)
"""What went wrong and what to do, as far as a person at the window can meet it."""

SAID: Mapping[str, str] = MappingProxyType({**STEPS, **REASONS, **SOURCES, **ERRORS})
