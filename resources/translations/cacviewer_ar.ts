<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>cacviewer</name>
    <message>
        <location filename="../../cacviewer/core/lesions.py"/>
        <source>Not assigned</source>
        <translation>غير محدَّد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/quantities.py"/>
        <source>Mass</source>
        <translation>الكتلة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/quantities.py"/>
        <source>Volume</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for AI-CAC (its source code)</source>
        <translation>كما نُشرت لـ AI-CAC (شيفرته المصدرية)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for Automated-CAD-Scoring-Suite (its source code)</source>
        <translation>كما نُشرت لـ Automated-CAD-Scoring-Suite (شيفرته المصدرية)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for Canon (FQM 2021)</source>
        <translation>كما نُشرت لـ Canon (FQM 2021)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for DeepCAC (its source code)</source>
        <translation>كما نُشرت لـ DeepCAC (شيفرته المصدرية)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for GE (FQM 2021)</source>
        <translation>كما نُشرت لـ GE (FQM 2021)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for Horos (its source code)</source>
        <translation>كما نُشرت لـ Horos (شيفرته المصدرية)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for Philips (FQM 2021)</source>
        <translation>كما نُشرت لـ Philips (FQM 2021)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for Siemens (FQM 2021)</source>
        <translation>كما نُشرت لـ Siemens (FQM 2021)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>Literature (Agatston 1990, scaled to 3 mm slices)</source>
        <translation>القواعد المنشورة (Agatston 1990، محوّلة إلى شرائح 3 mm)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Arrangement of the views.</source>
        <translation>ترتيب نوافذ العرض.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Begin CSV files with a byte order mark, for Excel.</source>
        <translation>ابدأ ملفات CSV بعلامة ترتيب البايتات، من أجل Excel.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Colours of the window.</source>
        <translation>ألوان النافذة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Folder that exports go to; empty: the one used last.</source>
        <translation>مجلد التصدير؛ إن تُرك فارغًا فآخر مجلد استُخدم.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>How calcium is found.</source>
        <translation>طريقة كشف التكلّس.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Language of reports.</source>
        <translation>لغة التقارير.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Language of the window.</source>
        <translation>لغة النافذة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Logo on reports: a PNG, JPEG or SVG file.</source>
        <translation>شعار التقارير: ملف PNG أو JPEG أو SVG.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Name of the site on reports; empty: as in the header.</source>
        <translation>اسم المؤسسة في التقارير؛ إن تُرك فارغًا فكما في ترويسة الصور.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Opacity of calcium, 0 to 1.</source>
        <translation>عتامة التكلّس، من 0 إلى 1.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Opacity of heart and aorta, 0 to 1.</source>
        <translation>عتامة القلب والأبهر، من 0 إلى 1.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Paper of reports.</source>
        <translation>ورق التقارير.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Paths that were opened, newest first.</source>
        <translation>المسارات التي فُتحت، الأحدث أولًا.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Percentile table of your own: a CSV file.</source>
        <translation>جدول مئينات خاص بكم: ملف CSV.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Place and size of the window, as Qt writes it.</source>
        <translation>موضع النافذة وحجمها كما يكتبهما Qt.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Places of the panels, as Qt writes them.</source>
        <translation>مواضع اللوحات كما يكتبها Qt.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Remember what was opened.</source>
        <translation>تذكّر ما فُتح من قبل.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Rule set of the scores.</source>
        <translation>مجموعة قواعد حساب الدرجات.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Smooth pictures; off shows voxels.</source>
        <translation>صور ملسّاء؛ عند الإيقاف تظهر الفوكسلات.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Who edits; empty: the login name.</source>
        <translation>اسم من يعدّل؛ إن تُرك فارغًا فاسم الدخول.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;3-D</source>
        <translation>&amp;ثلاثي الأبعاد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;About cacviewer</source>
        <translation>&amp;حول cacviewer</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Accept and go on</source>
        <translation>ا&amp;قبل وتابع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Aorta</source>
        <translation>الأ&amp;بهر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Brush</source>
        <translation>&amp;فرشاة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Calcium</source>
        <translation>الت&amp;كلّس</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Cine</source>
        <translation>&amp;عرض متتابع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Close study</source>
        <translation>أ&amp;غلق الفحص</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Cut</source>
        <translation>ق&amp;طع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Edit</source>
        <translation>&amp;تحرير</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Ellipse</source>
        <translation>ال&amp;قطع الناقص</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Eraser</source>
        <translation>م&amp;محاة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Exclude from the score</source>
        <translation>ا&amp;ستبعد من الدرجة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Export PDF and CSV…</source>
        <translation>&amp;صدّر PDF وCSV…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;File</source>
        <translation>&amp;ملف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Grow</source>
        <translation>إن&amp;ماء</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Heart</source>
        <translation>ا&amp;لقلب</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Help</source>
        <translation>مسا&amp;عدة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Join lesions</source>
        <translation>ا&amp;دمج الآفات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Keys</source>
        <translation>الم&amp;فاتيح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Length</source>
        <translation>ال&amp;طول</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Lesion</source>
        <translation>&amp;آفة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Measure</source>
        <translation>&amp;قياس</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Next lesion</source>
        <translation>الآفة ال&amp;تالية</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Next pane</source>
        <translation>اللوحة ال&amp;تالية</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Open DICOM folder…</source>
        <translation>ا&amp;فتح مجلد DICOM…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Previous lesion</source>
        <translation>الآفة ال&amp;سابقة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Quit</source>
        <translation>إ&amp;نهاء</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Redo</source>
        <translation>أ&amp;عد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Redo: {edit}</source>
        <translation>أ&amp;عد: {edit}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Remove all measurements</source>
        <translation>أزل &amp;كل القياسات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Review</source>
        <translation>مراج&amp;عة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Reviewed…</source>
        <translation>تمت المراج&amp;عة…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Rules</source>
        <translation>القوا&amp;عد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Save session</source>
        <translation>ا&amp;حفظ الجلسة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Save the 3-D picture…</source>
        <translation>ا&amp;حفظ الصورة ثلاثية الأبعاد…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Score again</source>
        <translation>ا&amp;حسب الدرجة من جديد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Select</source>
        <translation>ت&amp;حديد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Slices</source>
        <translation>&amp;شرائح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Smooth pictures</source>
        <translation>صور &amp;ملسّاء</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Texts</source>
        <translation>ال&amp;نصوص</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Tools</source>
        <translation>الأ&amp;دوات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Undo</source>
        <translation>&amp;تراجع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Undo: {edit}</source>
        <translation>&amp;تراجع: {edit}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Unlock</source>
        <translation>أز&amp;ل القفل</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;View</source>
        <translation>&amp;عرض</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Why do two programs disagree?</source>
        <translation>&amp;لماذا يختلف برنامجان؟</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the &amp;back</source>
        <translation>ثلاثي الأبعاد من الخ&amp;لف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the &amp;front</source>
        <translation>ثلاثي الأبعاد من الأ&amp;مام</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the &amp;head</source>
        <translation>ثلاثي الأبعاد من ال&amp;رأس</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the &amp;left</source>
        <translation>ثلاثي الأبعاد من الي&amp;سار</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the &amp;right</source>
        <translation>ثلاثي الأبعاد من الي&amp;مين</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the f&amp;eet</source>
        <translation>ثلاثي الأبعاد من ال&amp;قدمين</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D in a &amp;window of its own</source>
        <translation>ثلاثي الأبعاد في &amp;نافذة مستقلة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D only</source>
        <translation>ثلاثية الأبعاد فقط</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>A ball instead of a disc in the slice</source>
        <translation>كرة بدلًا من قرص في الشريحة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>A limit of their own for the selected lesions; the case then has no category</source>
        <translation>حد خاص بالآفات المحددة؛ عندئذ لا فئة للحالة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>All, masks only, nothing</source>
        <translation>الكل، ثم الأقنعة فقط، ثم لا شيء</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>An&amp;gle</source>
        <translation>ال&amp;زاوية</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Axial only</source>
        <translation>المحورية فقط</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Brush through s&amp;lices</source>
        <translation>فرشاة عبر ال&amp;شرائح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>C&amp;ount it again</source>
        <translation>ا&amp;حتسبها من جديد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>C&amp;rosshair</source>
        <translation>علامة الت&amp;قاطع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Case, corrections and views in one file; the scan itself stays where it is</source>
        <translation>الحالة والتصحيحات والعرض في ملف واحد؛ يبقى الفحص نفسه في مكانه</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Checklist and signature; the case is locked then</source>
        <translation>قائمة التحقق والتوقيع؛ ثم تُقفل الحالة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Cine &amp;faster</source>
        <translation>عرض أ&amp;سرع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Cine slo&amp;wer</source>
        <translation>عرض أ&amp;بطأ</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Click on bright tissue: all that hangs together becomes a lesion</source>
        <translation>انقر على نسيج ساطع: كل ما يتصل به يصبح آفة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Click: lesion or crosshair; drag: crosshair</source>
        <translation>نقر: آفة أو علامة التقاطع؛ سحب: علامة التقاطع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Coronary, artery &amp;unknown</source>
        <translation>تاجي، الشريان غير م&amp;عروف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Count calcium that is not counted, for the artery that was proposed</source>
        <translation>احتساب تكلّس غير محتسب للشريان المقترح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Counted without an artery</source>
        <translation>يُحتسب دون شريان</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Cycle &amp;overlays</source>
        <translation>ت&amp;بديل الطبقات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Drag across: area, mean and SD</source>
        <translation>اسحب عبره: المساحة والمتوسط والانحراف المعياري</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Drag from end to end</source>
        <translation>اسحب من طرف إلى طرف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Drag the first leg, click at the end of the second</source>
        <translation>اسحب الضلع الأول ثم انقر عند نهاية الثاني</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Draw a line: the lesion is split along it, through all slices</source>
        <translation>ارسم خطًا: تُقسم الآفة على طوله عبر كل الشرائح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Export &amp;CSV…</source>
        <translation>صدّر &amp;CSV…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Export &amp;DICOM objects…</source>
        <translation>صدّر كائنات &amp;DICOM…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Export &amp;PDF…</source>
        <translation>صدّر &amp;PDF…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Export &amp;masks and surfaces…</source>
        <translation>صدّر ا&amp;لأقنعة والسطوح…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Export te&amp;xt and case (JSON)…</source>
        <translation>صدّر ال&amp;نص والحالة (JSON)…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>F&amp;ull screen</source>
        <translation>م&amp;لء الشاشة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Find heart and calcium again; your edits stay</source>
        <translation>البحث عن القلب والتكلّس من جديد؛ تبقى تعديلاتك</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>For a second screen</source>
        <translation>لشاشة ثانية</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Four views</source>
        <translation>أربع نوافذ عرض</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Give to &amp;RCA</source>
        <translation>إسناد إلى &amp;RCA</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Give to L&amp;M</source>
        <translation>إسناد إلى L&amp;M</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Give to LA&amp;D</source>
        <translation>إسناد إلى LA&amp;D</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Give to LC&amp;x</source>
        <translation>إسناد إلى LC&amp;x</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Go to a lesion</source>
        <translation>انتقل إلى آفة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>HU &amp;limit…</source>
        <translation>ح&amp;د HU…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Heart, aorta and calcium as NIfTI, NRRD, STL and PLY</source>
        <translation>القلب والأبهر والتكلّس بصيغ NIfTI وNRRD وSTL وPLY</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>It stays listed as other calcium</source>
        <translation>يبقى مدرجًا ضمن التكلّس الآخر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>La&amp;rger brush</source>
        <translation>فرشاة أ&amp;كبر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Leave it as it is and go to the next lesion</source>
        <translation>اتركها كما هي وانتقل إلى الآفة التالية</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Left anterior descending</source>
        <translation>الأمامي الأيسر النازل</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Left circumflex</source>
        <translation>الأيسر المنعطف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Left main</source>
        <translation>الجذع الأيسر الرئيسي</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Make a lesion of every piece that does not touch the others</source>
        <translation>اجعل كل قطعة منفصلة آفة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Make one lesion of the selected ones</source>
        <translation>اجعل الآفات المحددة آفة واحدة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>One big, three small</source>
        <translation>واحدة كبيرة وثلاث صغيرة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>One slice, no slab</source>
        <translation>شريحة واحدة دون تجميع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Open &amp;file…</source>
        <translation>افتح &amp;ملفًا…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Open sess&amp;ion…</source>
        <translation>افتح &amp;جلسة…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Paint on the selected lesion, or a new one</source>
        <translation>الرسم على الآفة المحددة أو على آفة جديدة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Pre&amp;ferences…</source>
        <translation>ال&amp;تفضيلات…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Put the tool down, &amp;clear the selection</source>
        <translation>اترك الأداة وأزل الت&amp;حديد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Remove the last mea&amp;surement</source>
        <translation>أزل آخر &amp;قياس</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Right coronary artery</source>
        <translation>الشريان التاجي الأيمن</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>S&amp;lices</source>
        <translation>ش&amp;رائح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>S&amp;maller brush</source>
        <translation>فرشاة أ&amp;صغر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Save session &amp;as…</source>
        <translation>احفظ الجلسة &amp;باسم…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Segmentation, structured report, report and key images for the archive</source>
        <translation>التجزئة والتقرير المنظَّم والتقرير والصور الرئيسية للأرشيف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Select the lesions of an artery</source>
        <translation>حدّد آفات شريان</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Slabs: m&amp;ean</source>
        <translation>شرائح سميكة: الم&amp;توسط</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Slabs: ma&amp;ximum (MIP)</source>
        <translation>شرائح سميكة: القيمة ال&amp;عظمى (MIP)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Slabs: mi&amp;nimum (MinIP)</source>
        <translation>شرائح سميكة: القيمة ال&amp;دنيا (MinIP)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Slices run by themselves until you click</source>
        <translation>تتوالى الشرائح من تلقائها إلى أن تنقر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Split into &amp;pieces</source>
        <translation>ا&amp;قسم إلى قطع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>T&amp;hinner slab</source>
        <translation>شريحة أ&amp;رق</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Take the signature back, so that the case can be changed</source>
        <translation>سحب التوقيع كي يمكن تعديل الحالة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Take voxels away from lesions</source>
        <translation>إزالة فوكسلات من الآفات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Text for a RIS, and the whole case for other software.</source>
        <translation>نص لنظام RIS، والحالة كاملة لبرامج أخرى.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>The brightest of some slices</source>
        <translation>أسطع ما في عدة شرائح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>The darkest of some slices</source>
        <translation>أعتم ما في عدة شرائح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>The mean of some slices</source>
        <translation>متوسط عدة شرائح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>The same lesions under every rule set</source>
        <translation>الآفات نفسها وفق كل مجموعة قواعد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Thic&amp;ker slab</source>
        <translation>شريحة أ&amp;سمك</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Write the report and the tables of scores</source>
        <translation>كتابة التقرير وجداول الدرجات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/commands.py"/>
        <source>The lesion is of one piece.</source>
        <translation>الآفة قطعة واحدة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/commands.py"/>
        <source>The line does not cross the selected lesion.</source>
        <translation>لا يعبر الخط الآفة المحددة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/about.py"/>
        <source>About cacviewer</source>
        <translation>حول cacviewer</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/about.py"/>
        <source>Apache Licence 2.0. Qt for Python is used under the LGPL 3.</source>
        <translation>رخصة Apache 2.0. تُستخدم Qt for Python وفق رخصة LGPL 3.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/about.py"/>
        <source>Finds, scores and reports coronary artery calcium on CT, with a reader's corrections.</source>
        <translation>يكشف تكلّس الشرايين التاجية في صور CT ويحسب درجته ويكتب تقريره، مع تصحيحات القارئ.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/about.py"/>
        <source>For research. It is not a medical device: a physician must check every score.</source>
        <translation>للبحث العلمي، وليس جهازًا طبيًا: يجب أن يتحقق طبيب من كل درجة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Export</source>
        <translation>تصدير</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Export to</source>
        <translation>صدّر إلى</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Folder of the scan</source>
        <translation>مجلد الفحص</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>HU limit of the selected lesions (usual: {usual}). With another one the case has no category.</source>
        <translation>حد HU للآفات المحددة (المعتاد: {usual}). مع حد آخر لا فئة للحالة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Limit</source>
        <translation>الحد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Open DICOM folder</source>
        <translation>افتح مجلد DICOM</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Open file</source>
        <translation>افتح ملفًا</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Open session</source>
        <translation>افتح جلسة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Replace</source>
        <translation>استبدال</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Save session</source>
        <translation>احفظ الجلسة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Sessions (*{suffix})</source>
        <translation>جلسات (*{suffix})</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>There are already: {names}. Replace them?</source>
        <translation>موجود من قبل: {names}. هل تُستبدل؟</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Your changes to this study are not saved.</source>
        <translation>تعديلاتك على هذا الفحص لم تُحفظ.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>cacviewer</source>
        <translation>cacviewer</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Agatston</source>
        <translation>أغاتستون</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Corners join pixels, more than 3 pixels, every object is rounded; no mass</source>
        <translation>الزوايا تصل البكسلات، أكثر من 3 بكسلات، يُقرَّب كل جسم؛ لا كتلة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>From 0.5 mm², not scaled; volume and mass from 113 HU within the lesions: a lower bound</source>
        <translation>من 0.5 mm² دون تحويل؛ الحجم والكتلة من 113 HU داخل الآفات: حد أدنى</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>From 1 mm², not scaled to slices of 3 mm</source>
        <translation>من 1 mm²، دون تحويل إلى شرائح 3 mm</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>From 3 pixels, not scaled to slices of 3 mm</source>
        <translation>من 3 بكسلات، دون تحويل إلى شرائح 3 mm</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Limit by tube voltage, from 1 mm², scaled to slices of 3 mm</source>
        <translation>الحد بحسب جهد الأنبوب، من 1 mm²، محوّلة إلى شرائح 3 mm</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Mass mg</source>
        <translation>الكتلة mg</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>No minimum area, not scaled to slices of 3 mm</source>
        <translation>بلا مساحة دنيا، دون تحويل إلى شرائح 3 mm</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Objects in 3-D with one weight, each a whole number; slice thickness; no mass</source>
        <translation>أجسام ثلاثية الأبعاد بوزن واحد، كل منها عدد صحيح؛ سماكة الشريحة؛ لا كتلة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Rule set</source>
        <translation>مجموعة القواعد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>The same lesions, counted by the rules of other programs as they were published. Category and interpretation belong to the literature rules alone.</source>
        <translation>الآفات نفسها محسوبةً بقواعد برامج أخرى كما نُشرت. الفئة والتفسير خاصان بالقواعد المنشورة وحدها.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>The third brightest pixel gives the weight; up to 1500 HU; slice thickness; its mass is not in mg</source>
        <translation>ثالث أسطع بكسل يحدد الوزن؛ حتى 1500 HU؛ سماكة الشريحة؛ كتلته ليست بوحدة mg</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Totals under every rule set</source>
        <translation>المجاميع وفق كل مجموعة قواعد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Volume mm³</source>
        <translation>الحجم mm³</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Voxels from 160 HU, a third of their volume; no Agatston score, no mass</source>
        <translation>فوكسلات من 160 HU، ثلث حجمها؛ لا درجة أغاتستون ولا كتلة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>What is different</source>
        <translation>وجه الاختلاف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Why do two programs disagree?</source>
        <translation>لماذا يختلف برنامجان؟</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>{number} (not mg)</source>
        <translation>{number} (ليست mg)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Ctrl + wheel, + , -</source>
        <translation>Ctrl + العجلة، + ، -</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Double click</source>
        <translation>نقر مزدوج</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Edit</source>
        <translation>تحرير</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>File</source>
        <translation>ملف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>First, last slice</source>
        <translation>الشريحة الأولى، الأخيرة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Fit the picture to the view</source>
        <translation>ملاءمة الصورة للنافذة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Help</source>
        <translation>مساعدة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Home, End</source>
        <translation>Home، End</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>In a view</source>
        <translation>في نافذة عرض</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Key</source>
        <translation>المفتاح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Keys and mouse</source>
        <translation>المفاتيح والفأرة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Left click</source>
        <translation>نقر أيسر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Left drag</source>
        <translation>سحب أيسر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Lesion</source>
        <translation>آفة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Menu of the lesion</source>
        <translation>قائمة الآفة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Middle drag, Shift + left drag</source>
        <translation>سحب بالزر الأوسط، أو Shift + سحب أيسر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Move the crosshair</source>
        <translation>تحريك علامة التقاطع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Move the picture</source>
        <translation>تحريك الصورة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>One view large, and back</source>
        <translation>تكبير نافذة عرض، ثم الرجوع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Review</source>
        <translation>المراجعة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Right click</source>
        <translation>نقر أيمن</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Right drag</source>
        <translation>سحب أيمن</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Rules</source>
        <translation>القواعد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Select a lesion, or put the crosshair there</source>
        <translation>تحديد آفة أو وضع علامة التقاطع هناك</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Shift + wheel, Page Up, Page Down</source>
        <translation>Shift + العجلة، Page Up، Page Down</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Slice by slice</source>
        <translation>شريحة شريحة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Ten slices</source>
        <translation>عشر شرائح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Tools</source>
        <translation>الأدوات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>View</source>
        <translation>عرض</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>What it does</source>
        <translation>ما يفعله</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Wheel, Up, Down</source>
        <translation>العجلة، Up، Down</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Where</source>
        <translation>المكان</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Window: right is wider, up is brighter</source>
        <translation>النافذة: يمينًا أوسع، وأعلى أسطع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Zoom</source>
        <translation>تكبير وتصغير</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>A4 paper</source>
        <translation>ورق A4</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>Arabic</source>
        <translation>العربية</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>As the system</source>
        <translation>كما في النظام</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>Both languages</source>
        <translation>اللغتان معًا</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>By the network</source>
        <translation>بالشبكة العصبية</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>By the threshold</source>
        <translation>بالعتبة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>English</source>
        <translation>الإنجليزية</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>Preferences</source>
        <translation>التفضيلات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>US letter</source>
        <translation>رسالة أمريكية (US letter)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>&amp;Copy</source>
        <translation>ا&amp;نسخ</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>&amp;Details</source>
        <translation>الت&amp;فاصيل</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>If it happens again, copy the details and send them to whoever looks after cacviewer.</source>
        <translation>إن تكرر فانسخ التفاصيل وأرسلها إلى المسؤول عن cacviewer.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>Something unexpected happened. Your work is still there; you can go on.</source>
        <translation>حدث أمر غير متوقع. عملك محفوظ ويمكنك المتابعة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>Something went wrong.</source>
        <translation>حدث خطأ ما.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>Not now</source>
        <translation>ليس الآن</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>Recover</source>
        <translation>استرجاع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>Recover work</source>
        <translation>استرجاع العمل</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>Unnamed study</source>
        <translation>فحص بلا اسم</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>Work that can be recovered</source>
        <translation>عمل يمكن استرجاعه</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>cacviewer ended without saving. This work can be taken up again:</source>
        <translation>انتهى cacviewer دون حفظ. يمكن متابعة هذا العمل:</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>{title}: {date} {time}, {count} changes</source>
        <translation>{title}: {date} {time}، عدد التعديلات {count}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>{title}: {date} {time}, {count} changes, damaged in part</source>
        <translation>{title}: {date} {time}، عدد التعديلات {count}، تالف جزئيًا</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Agatston {score}</source>
        <translation>أغاتستون {score}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Arteries are given as far as they can be ({unassigned} without one).</source>
        <translation>أُسندت الشرايين قدر الإمكان (دون شريان: {unassigned}).</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>I have looked at every counted lesion ({counted}) and at the other calcium ({others}).</source>
        <translation>نظرت في كل آفة محتسبة ({counted}) وفي التكلّس الآخر ({others}).</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>I have read the findings ({warnings} warnings).</source>
        <translation>قرأت الملاحظات (عدد التحذيرات {warnings}).</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Mark as reviewed</source>
        <translation>وسم بأنها روجعت</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Patient and scan are the right ones: {patient}</source>
        <translation>المريض والفحص صحيحان: {patient}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Reviewed</source>
        <translation>روجعت</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Reviewed by</source>
        <translation>راجعها</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>The case is locked then; Unlock in the Review menu opens it again.</source>
        <translation>تُقفل الحالة عندئذ؛ ويفتحها «أزل القفل» في قائمة المراجعة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Your name</source>
        <translation>اسمك</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Display</source>
        <translation>العرض</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Findings</source>
        <translation>الملاحظات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>History</source>
        <translation>السجل</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Lesions</source>
        <translation>الآفات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Results</source>
        <translation>النتائج</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Series</source>
        <translation>السلاسل</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Count lesion {n}</source>
        <translation>احتساب الآفة {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Count lesion {n} without an artery</source>
        <translation>احتساب الآفة {n} دون شريان</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Count {count} lesions</source>
        <translation>احتساب آفات عددها {count}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Count {count} lesions without an artery</source>
        <translation>احتساب آفات عددها {count} دون شريان</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Erase from lesion {n}</source>
        <translation>محو من الآفة {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Erase from {count} lesions</source>
        <translation>محو من آفات عددها {count}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Exclude lesion {n}</source>
        <translation>استبعاد الآفة {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Exclude {count} lesions</source>
        <translation>استبعاد آفات عددها {count}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Give lesion {n} to {artery}</source>
        <translation>إسناد الآفة {n} إلى {artery}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Give {count} lesions to {artery}</source>
        <translation>إسناد آفات عددها {count} إلى {artery}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Grow lesion {n}</source>
        <translation>إنماء الآفة {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Limit {limit} HU for lesion {n}</source>
        <translation>الحد {limit} HU للآفة {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Limit {limit} HU for {count} lesions</source>
        <translation>الحد {limit} HU لآفات عددها {count}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Merge into lesion {n}</source>
        <translation>دمج في الآفة {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Merge {count} lesions</source>
        <translation>دمج آفات عددها {count}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Paint lesion {n}</source>
        <translation>رسم على الآفة {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Paint new lesion {n}</source>
        <translation>رسم آفة جديدة {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Paint {count} lesions</source>
        <translation>رسم على آفات عددها {count}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Redone: {edit}</source>
        <translation>أُعيد: {edit}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Split lesion {n}</source>
        <translation>قسم الآفة {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Split {count} lesions</source>
        <translation>قسم آفات عددها {count}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Undone: {edit}</source>
        <translation>أُلغي: {edit}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Unlocked</source>
        <translation>أُزيل القفل</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Usual limit for lesion {n}</source>
        <translation>الحد المعتاد للآفة {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Usual limit for {count} lesions</source>
        <translation>الحد المعتاد لآفات عددها {count}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Aorta</source>
        <translation>الأبهر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Bone</source>
        <translation>عظم</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Coronary</source>
        <translation>تاجي</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Excluded</source>
        <translation>مستبعد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Metal</source>
        <translation>معدن</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Noise</source>
        <translation>ضجيج</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Outside the heart</source>
        <translation>خارج القلب</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Pulmonary</source>
        <translation>رئوي</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Valve</source>
        <translation>صمام</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/linked_views.py"/>
        <source>The 3-D view does not work on this machine; everything else does.</source>
        <translation>العرض ثلاثي الأبعاد لا يعمل على هذا الجهاز؛ وكل ما عداه يعمل.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/linked_views.py"/>
        <source>The 3-D view needs OpenGL 3.2, which is not there. Everything else works.</source>
        <translation>العرض ثلاثي الأبعاد يحتاج إلى OpenGL 3.2 وهو غير متوفر. وكل ما عداه يعمل.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/main_window.py"/>
        <source>Message</source>
        <translation>رسالة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Finding calcium</source>
        <translation>البحث عن التكلّس</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Finding heart and aorta</source>
        <translation>البحث عن القلب والأبهر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Looking for series</source>
        <translation>البحث عن السلاسل</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Making surfaces</source>
        <translation>بناء السطوح ثلاثية الأبعاد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Reading slices</source>
        <translation>قراءة الشرائح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Writing the report</source>
        <translation>كتابة التقرير</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>{step}, starting again</source>
        <translation>{step}، من البداية</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Calcium</source>
        <translation>التكلّس</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Heart and aorta</source>
        <translation>القلب والأبهر</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Level</source>
        <translation>المركز</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Opacity of {what}</source>
        <translation>عتامة {what}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Set by hand</source>
        <translation>مضبوطة يدويًا</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Slabs</source>
        <translation>شرائح سميكة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Thickness of slabs</source>
        <translation>سماكة الشرائح</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Width</source>
        <translation>العرض</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Window</source>
        <translation>النافذة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Window preset</source>
        <translation>نافذة جاهزة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/findings.py"/>
        <source>No score</source>
        <translation>لا درجة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/findings.py"/>
        <source>Note</source>
        <translation>ملاحظة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/findings.py"/>
        <source>Nothing to report.</source>
        <translation>لا شيء يُذكر.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/findings.py"/>
        <source>Slices {numbers} (click to go there)</source>
        <translation>الشرائح {numbers} (انقر للانتقال إليها)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/findings.py"/>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/gauge.py"/>
        <source>Agatston {score} among the categories {all}</source>
        <translation>أغاتستون {score} بين الفئات {all}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/gauge.py"/>
        <source>Category</source>
        <translation>الفئة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>Not reviewed yet.</source>
        <translation>لم تُراجَع بعد.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>Reviewed by {name}, {at}. Locked.</source>
        <translation>راجعها {name} في {at}. مقفلة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>Score</source>
        <translation>الدرجة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>Time</source>
        <translation>الوقت</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>What</source>
        <translation>ما جرى</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>Who</source>
        <translation>من</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Artery</source>
        <translation>الشريان</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Class</source>
        <translation>الصنف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Lesion {n}, {place}, Agatston {agatston}, volume {volume} cubic millimetres</source>
        <translation>الآفة {n}، {place}، أغاتستون {agatston}، الحجم {volume} مليمتر مكعب</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Lesion {n}, {place}, not counted</source>
        <translation>الآفة {n}، {place}، غير محتسبة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Max HU</source>
        <translation>أعلى HU</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Mean HU</source>
        <translation>متوسط HU</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>No.</source>
        <translation>رقم</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Slice</source>
        <translation>الشريحة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>{artery}: confidence {percent} %. {reason}</source>
        <translation>{artery}: الثقة {percent} %. {reason}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>All calcium</source>
        <translation>كل التكلّس</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Count</source>
        <translation>احتساب</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Counted</source>
        <translation>محتسب</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Counted, without an artery</source>
        <translation>محتسب دون شريان</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Exclude</source>
        <translation>استبعاد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Excluded by the reader</source>
        <translation>استبعده القارئ</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Not counted</source>
        <translation>غير محتسب</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Unknown</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Which lesions are listed</source>
        <translation>الآفات المدرجة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>{counted} counted, {others} other calcium that is not counted.</source>
        <translation>المحتسب: {counted}؛ تكلّس آخر غير محتسب: {others}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Age at the scan, years</source>
        <translation>العمر عند التصوير، بالسنوات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Age is a whole number of completed years.</source>
        <translation>العمر عدد صحيح من السنوات المكتملة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Blood pressure drug</source>
        <translation>دواء لضغط الدم</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Body mass index, kg/m²</source>
        <translation>منسب كتلة الجسم، kg/m²</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Cholesterol in</source>
        <translation>الكوليسترول بوحدة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Compare with a prior case…</source>
        <translation>قارن بحالة سابقة…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Diabetes</source>
        <translation>السكري</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Group (MESA)</source>
        <translation>المجموعة (MESA)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>HDL cholesterol</source>
        <translation>كوليسترول HDL</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Heart attack in the family</source>
        <translation>احتشاء قلبي في العائلة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Known coronary disease</source>
        <translation>مرض تاجي معروف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Lipid-lowering drug</source>
        <translation>دواء خافض للدهون</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>No prior scan is compared.</source>
        <translation>لا مقارنة بفحص سابق.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Prior scan: {date}, Agatston {score}</source>
        <translation>الفحص السابق: {date}، أغاتستون {score}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Sex</source>
        <translation>الجنس</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Smokes now</source>
        <translation>مدخّن حاليًا</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Systolic pressure, mmHg</source>
        <translation>الضغط الانقباضي، mmHg</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>The prior has no score.</source>
        <translation>الفحص السابق بلا درجة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Total cholesterol</source>
        <translation>الكوليسترول الكلي</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Unit of cholesterol</source>
        <translation>وحدة الكوليسترول</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>header</source>
        <translation>من الترويسة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>no</source>
        <translation>لا</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>not stated</source>
        <translation>غير مذكور</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>{what} lies between {low} and {high}.</source>
        <translation>{what}: يجب أن تكون القيمة بين {low} و{high}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Agatston at least {score}</source>
        <translation>أغاتستون {score} على الأقل</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Agatston {low} to {high} if the scan had come out a little differently.</source>
        <translation>أغاتستون من {low} إلى {high} لو اختلف التصوير قليلًا.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Agatston {score} (estimate)</source>
        <translation>أغاتستون {score} (تقدير)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Automatic</source>
        <translation>آلي</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Automatic result: {score}</source>
        <translation>النتيجة الآلية: {score}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Being worked out…</source>
        <translation>يجري الحساب…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Category {label} ({word}) · CAC-DRS {drs}</source>
        <translation>الفئة {label} ({word}) · CAC-DRS {drs}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Counted from {limit} HU on ({rules} rules); {mass}.</source>
        <translation>الاحتساب من {limit} HU فما فوق (قواعد {rules})؛ {mass}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Heart {ml} ml</source>
        <translation>القلب {ml} ml</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Heart {ml} ml, confidence {percent} %.</source>
        <translation>القلب {ml} ml، الثقة {percent} %.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Interpretation</source>
        <translation>التفسير</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>No category is given with these findings.</source>
        <translation>لا تُعطى فئة مع هذه الملاحظات.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>No category: it belongs to the literature rules.</source>
        <translation>لا فئة: الفئة خاصة بالقواعد المنشورة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>No reason is given.</source>
        <translation>لم يُذكر سبب.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>No scan is open.</source>
        <translation>لا يوجد فحص مفتوح.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Not scored</source>
        <translation>لم تُحسب الدرجة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Not scored yet. F5 scores it.</source>
        <translation>لم تُحسب الدرجة بعد. المفتاح F5 يحسبها.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Read {read} s, heart {heart} s, calcium {calcium} s.</source>
        <translation>القراءة {read} ث، القلب {heart} ث، التكلّس {calcium} ث.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Scores per artery</source>
        <translation>الدرجات حسب الشريان</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Total</source>
        <translation>المجموع</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>{units} below the next category ({label}).</source>
        <translation>يفصلها {units} عن الفئة التالية ({label}).</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>1 image</source>
        <translation>صورة واحدة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>Drop a folder of DICOM slices on the window, or press Ctrl+O.</source>
        <translation>أفلت مجلدًا من شرائح DICOM على النافذة، أو اضغط Ctrl+O.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>No name</source>
        <translation>بلا اسم</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>No series in {path}.</source>
        <translation>لا توجد سلاسل في {path}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>Ready for scoring</source>
        <translation>جاهزة لحساب الدرجة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>Scored with warnings</source>
        <translation>تُحسب مع تحذيرات</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>Study</source>
        <translation>الفحص</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>Unreadable</source>
        <translation>غير قابلة للقراءة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>View only</source>
        <translation>للعرض فقط</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>part {part}</source>
        <translation>الجزء {part}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>{count} images</source>
        <translation>عدد الصور {count}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/presets.py"/>
        <source>Angio</source>
        <translation>الأوعية</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/presets.py"/>
        <source>As stored</source>
        <translation>كما في الملف</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/presets.py"/>
        <source>Lung</source>
        <translation>الرئة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/presets.py"/>
        <source>Soft tissue</source>
        <translation>نسج رخوة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/presets.py"/>
        <source>Whole range</source>
        <translation>المجال كله</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/progress.py"/>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/progress.py"/>
        <source>Progress</source>
        <translation>التقدم</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/progress.py"/>
        <source>{n} min left</source>
        <translation>بقي {n} د</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/progress.py"/>
        <source>{n} s left</source>
        <translation>بقي {n} ث</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/recent.py"/>
        <source>&amp;Clear the list</source>
        <translation>أ&amp;فرغ القائمة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/recent.py"/>
        <source>Open &amp;recent</source>
        <translation>افتح ال&amp;أخيرة</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/session_keeper.py"/>
        <source>Saved: {path}</source>
        <translation>حُفظ: {path}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/session_keeper.py"/>
        <source>There is no autosave: only Save keeps your work. {why}</source>
        <translation>الحفظ التلقائي غير متاح: لا يحفظ عملك إلا الأمر «حفظ». {why}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/sitting.py"/>
        <source>A part of the record of this work cannot be read. Recovered: {count} changes.</source>
        <translation>تعذّرت قراءة جزء من سجل هذا العمل. عدد التعديلات المسترجعة: {count}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/sitting.py"/>
        <source>Compare the history with what you remember, and save the session.</source>
        <translation>قارن السجل بما تتذكره، ثم احفظ الجلسة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/sitting.py"/>
        <source>Open the scan and make the changes again; the file lists them.</source>
        <translation>افتح الفحص وأعد التعديلات؛ فهي مذكورة في الملف.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/sitting.py"/>
        <source>The scan of this session is not at {path} any more. Choose the folder where it is now.</source>
        <translation>لم يعد فحص هذه الجلسة في {path}. اختر المجلد الذي هو فيه الآن.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/sitting.py"/>
        <source>The work on {title} cannot be recovered ({count} changes): its autosave is missing.</source>
        <translation>تعذّر استرجاع العمل على {title} (عدد التعديلات {count}): الحفظ التلقائي غير موجود.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/store.py"/>
        <source>Corrections of lesions that this result no longer has: {count}. They change nothing.</source>
        <translation>تصحيحات لآفات لم تعد في هذه النتيجة: {count}. وهي لا تغيّر شيئًا.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/store.py"/>
        <source>The case is reviewed and locked. Unlock it (Review menu) to change it.</source>
        <translation>الحالة مراجَعة ومقفلة. أزل القفل (قائمة المراجعة) لتعديلها.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/store.py"/>
        <source>The lesion of this correction is no longer there: nothing changes.</source>
        <translation>آفة هذا التصحيح لم تعد موجودة: لا يتغيّر شيء.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/view_area.py"/>
        <source>Heart and calcium in 3-D appear here.</source>
        <translation>يظهر هنا القلب والتكلّس بالأبعاد الثلاثة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/furniture.py"/>
        <source>Mean</source>
        <translation>المتوسط</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/slice_view.py"/>
        <source>Axial view</source>
        <translation>العرض المحوري</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/slice_view.py"/>
        <source>Coronal view</source>
        <translation>العرض الإكليلي</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/slice_view.py"/>
        <source>Sagittal view</source>
        <translation>العرض السهمي</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/surface_view.py"/>
        <source>3-D view</source>
        <translation>العرض ثلاثي الأبعاد</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>A lesion is there already: it is selected.</source>
        <translation>توجد هنا آفة من قبل: وهي محددة الآن.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>All of it belongs to the lesion already.</source>
        <translation>كله جزء من الآفة من قبل.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>Draw a line across the lesion.</source>
        <translation>ارسم خطًا عبر الآفة.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>Nothing of {limit} HU or more is free there, in the heart and outside the aorta.</source>
        <translation>لا شيء هناك يبلغ {limit} HU أو أكثر داخل القلب وخارج الأبهر وغير مأخوذ.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>There is no result to edit yet.</source>
        <translation>لا توجد نتيجة لتعديلها بعد.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>There is nothing to erase there.</source>
        <translation>لا شيء يُمحى هناك.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>{count} voxels below {limit} HU were left out: they are never counted.</source>
        <translation>تُركت فوكسلات دون {limit} HU عددها {count}: فهي لا تُحتسب أبدًا.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Choose the folder that holds the DICOM files.</source>
        <translation>اختر المجلد الذي فيه ملفات DICOM.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>No 3-D surfaces: {why}</source>
        <translation>لا سطوح ثلاثية الأبعاد: {why}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Not scored: see the findings.</source>
        <translation>لم تُحسب الدرجة: انظر الملاحظات.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Not written:
{what}</source>
        <translation>لم يُكتب:
{what}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Open the session again and choose the folder of series {uid}.</source>
        <translation>افتح الجلسة من جديد واختر مجلد السلسلة {uid}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Stopped: {step}.</source>
        <translation>توقف: {step}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>There is no readable CT image in {path}.</source>
        <translation>لا توجد صورة CT قابلة للقراءة في {path}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>This series can be viewed; it is not scored. See the findings.</source>
        <translation>يمكن عرض هذه السلسلة ولا تُحسب درجتها. انظر الملاحظات.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Written: {files}</source>
        <translation>كُتب: {files}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>{path} does not hold the scan that this session was made of.</source>
        <translation>لا يحتوي {path} على الفحص الذي صُنعت منه هذه الجلسة.</translation>
    </message>
</context>
</TS>
