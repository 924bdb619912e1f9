<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>cacviewer</name>
    <message>
        <location filename="../../cacviewer/core/lesions.py"/>
        <source>Not assigned</source>
        <translation>Not assigned</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/quantities.py"/>
        <source>Mass</source>
        <translation>Mass</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/quantities.py"/>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for AI-CAC (its source code)</source>
        <translation>As published for AI-CAC (its source code)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for Automated-CAD-Scoring-Suite (its source code)</source>
        <translation>As published for Automated-CAD-Scoring-Suite (its source code)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for Canon (FQM 2021)</source>
        <translation>As published for Canon (FQM 2021)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for DeepCAC (its source code)</source>
        <translation>As published for DeepCAC (its source code)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for GE (FQM 2021)</source>
        <translation>As published for GE (FQM 2021)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for Horos (its source code)</source>
        <translation>As published for Horos (its source code)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for Philips (FQM 2021)</source>
        <translation>As published for Philips (FQM 2021)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>As published for Siemens (FQM 2021)</source>
        <translation>As published for Siemens (FQM 2021)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/core/rulesets.py"/>
        <source>Literature (Agatston 1990, scaled to 3 mm slices)</source>
        <translation>Literature (Agatston 1990, scaled to 3 mm slices)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Arrangement of the views.</source>
        <translation>Arrangement of the views.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Begin CSV files with a byte order mark, for Excel.</source>
        <translation>Begin CSV files with a byte order mark, for Excel.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Colours of the window.</source>
        <translation>Colours of the window.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Folder that exports go to; empty: the one used last.</source>
        <translation>Folder that exports go to; empty: the one used last.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>How calcium is found.</source>
        <translation>How calcium is found.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Language of reports.</source>
        <translation>Language of reports.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Language of the window.</source>
        <translation>Language of the window.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Logo on reports: a PNG, JPEG or SVG file.</source>
        <translation>Logo on reports: a PNG, JPEG or SVG file.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Name of the site on reports; empty: as in the header.</source>
        <translation>Name of the site on reports; empty: as in the header.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Opacity of calcium, 0 to 1.</source>
        <translation>Opacity of calcium, 0 to 1.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Opacity of heart and aorta, 0 to 1.</source>
        <translation>Opacity of heart and aorta, 0 to 1.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Paper of reports.</source>
        <translation>Paper of reports.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Paths that were opened, newest first.</source>
        <translation>Paths that were opened, newest first.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Percentile table of your own: a CSV file.</source>
        <translation>Percentile table of your own: a CSV file.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Place and size of the window, as Qt writes it.</source>
        <translation>Place and size of the window, as Qt writes it.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Places of the panels, as Qt writes them.</source>
        <translation>Places of the panels, as Qt writes them.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Remember what was opened.</source>
        <translation>Remember what was opened.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Rule set of the scores.</source>
        <translation>Rule set of the scores.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Smooth pictures; off shows voxels.</source>
        <translation>Smooth pictures; off shows voxels.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/settings.py"/>
        <source>Who edits; empty: the login name.</source>
        <translation>Who edits; empty: the login name.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;3-D</source>
        <translation>&amp;3-D</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;About cacviewer</source>
        <translation>&amp;About cacviewer</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Accept and go on</source>
        <translation>&amp;Accept and go on</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Aorta</source>
        <translation>&amp;Aorta</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Brush</source>
        <translation>&amp;Brush</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Calcium</source>
        <translation>&amp;Calcium</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Cine</source>
        <translation>&amp;Cine</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Close study</source>
        <translation>&amp;Close study</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Cut</source>
        <translation>&amp;Cut</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Edit</source>
        <translation>&amp;Edit</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Ellipse</source>
        <translation>&amp;Ellipse</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Eraser</source>
        <translation>&amp;Eraser</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Exclude from the score</source>
        <translation>&amp;Exclude from the score</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Export PDF and CSV…</source>
        <translation>&amp;Export PDF and CSV…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;File</source>
        <translation>&amp;File</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Grow</source>
        <translation>&amp;Grow</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Heart</source>
        <translation>&amp;Heart</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Help</source>
        <translation>&amp;Help</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Join lesions</source>
        <translation>&amp;Join lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Keys</source>
        <translation>&amp;Keys</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Length</source>
        <translation>&amp;Length</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Lesion</source>
        <translation>&amp;Lesion</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Measure</source>
        <translation>&amp;Measure</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Next lesion</source>
        <translation>&amp;Next lesion</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Next pane</source>
        <translation>&amp;Next pane</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Open DICOM folder…</source>
        <translation>&amp;Open DICOM folder…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Previous lesion</source>
        <translation>&amp;Previous lesion</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Quit</source>
        <translation>&amp;Quit</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Redo</source>
        <translation>&amp;Redo</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Redo: {edit}</source>
        <translation>&amp;Redo: {edit}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Remove all measurements</source>
        <translation>&amp;Remove all measurements</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Review</source>
        <translation>&amp;Review</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Reviewed…</source>
        <translation>&amp;Reviewed…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Rules</source>
        <translation>&amp;Rules</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Save session</source>
        <translation>&amp;Save session</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Save the 3-D picture…</source>
        <translation>&amp;Save the 3-D picture…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Score again</source>
        <translation>&amp;Score again</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Select</source>
        <translation>&amp;Select</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Slices</source>
        <translation>&amp;Slices</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Smooth pictures</source>
        <translation>&amp;Smooth pictures</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Texts</source>
        <translation>&amp;Texts</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Tools</source>
        <translation>&amp;Tools</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Undo</source>
        <translation>&amp;Undo</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Undo: {edit}</source>
        <translation>&amp;Undo: {edit}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Unlock</source>
        <translation>&amp;Unlock</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;View</source>
        <translation>&amp;View</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>&amp;Why do two programs disagree?</source>
        <translation>&amp;Why do two programs disagree?</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the &amp;back</source>
        <translation>3-D from the &amp;back</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the &amp;front</source>
        <translation>3-D from the &amp;front</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the &amp;head</source>
        <translation>3-D from the &amp;head</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the &amp;left</source>
        <translation>3-D from the &amp;left</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the &amp;right</source>
        <translation>3-D from the &amp;right</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D from the f&amp;eet</source>
        <translation>3-D from the f&amp;eet</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D in a &amp;window of its own</source>
        <translation>3-D in a &amp;window of its own</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>3-D only</source>
        <translation>3-D only</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>A ball instead of a disc in the slice</source>
        <translation>A ball instead of a disc in the slice</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>A limit of their own for the selected lesions; the case then has no category</source>
        <translation>A limit of their own for the selected lesions; the case then has no category</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>All, masks only, nothing</source>
        <translation>All, masks only, nothing</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>An&amp;gle</source>
        <translation>An&amp;gle</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Axial only</source>
        <translation>Axial only</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Brush through s&amp;lices</source>
        <translation>Brush through s&amp;lices</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>C&amp;ount it again</source>
        <translation>C&amp;ount it again</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>C&amp;rosshair</source>
        <translation>C&amp;rosshair</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Case, corrections and views in one file; the scan itself stays where it is</source>
        <translation>Case, corrections and views in one file; the scan itself stays where it is</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Checklist and signature; the case is locked then</source>
        <translation>Checklist and signature; the case is locked then</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Cine &amp;faster</source>
        <translation>Cine &amp;faster</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Cine slo&amp;wer</source>
        <translation>Cine slo&amp;wer</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Click on bright tissue: all that hangs together becomes a lesion</source>
        <translation>Click on bright tissue: all that hangs together becomes a lesion</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Click: lesion or crosshair; drag: crosshair</source>
        <translation>Click: lesion or crosshair; drag: crosshair</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Coronary, artery &amp;unknown</source>
        <translation>Coronary, artery &amp;unknown</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Count calcium that is not counted, for the artery that was proposed</source>
        <translation>Count calcium that is not counted, for the artery that was proposed</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Counted without an artery</source>
        <translation>Counted without an artery</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Cycle &amp;overlays</source>
        <translation>Cycle &amp;overlays</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Drag across: area, mean and SD</source>
        <translation>Drag across: area, mean and SD</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Drag from end to end</source>
        <translation>Drag from end to end</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Drag the first leg, click at the end of the second</source>
        <translation>Drag the first leg, click at the end of the second</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Draw a line: the lesion is split along it, through all slices</source>
        <translation>Draw a line: the lesion is split along it, through all slices</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Export &amp;CSV…</source>
        <translation>Export &amp;CSV…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Export &amp;DICOM objects…</source>
        <translation>Export &amp;DICOM objects…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Export &amp;PDF…</source>
        <translation>Export &amp;PDF…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Export &amp;masks and surfaces…</source>
        <translation>Export &amp;masks and surfaces…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Export te&amp;xt and case (JSON)…</source>
        <translation>Export te&amp;xt and case (JSON)…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>F&amp;ull screen</source>
        <translation>F&amp;ull screen</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Find heart and calcium again; your edits stay</source>
        <translation>Find heart and calcium again; your edits stay</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>For a second screen</source>
        <translation>For a second screen</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Four views</source>
        <translation>Four views</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Give to &amp;RCA</source>
        <translation>Give to &amp;RCA</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Give to L&amp;M</source>
        <translation>Give to L&amp;M</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Give to LA&amp;D</source>
        <translation>Give to LA&amp;D</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Give to LC&amp;x</source>
        <translation>Give to LC&amp;x</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Go to a lesion</source>
        <translation>Go to a lesion</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>HU &amp;limit…</source>
        <translation>HU &amp;limit…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Heart, aorta and calcium as NIfTI, NRRD, STL and PLY</source>
        <translation>Heart, aorta and calcium as NIfTI, NRRD, STL and PLY</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>It stays listed as other calcium</source>
        <translation>It stays listed as other calcium</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>La&amp;rger brush</source>
        <translation>La&amp;rger brush</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Leave it as it is and go to the next lesion</source>
        <translation>Leave it as it is and go to the next lesion</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Left anterior descending</source>
        <translation>Left anterior descending</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Left circumflex</source>
        <translation>Left circumflex</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Left main</source>
        <translation>Left main</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Make a lesion of every piece that does not touch the others</source>
        <translation>Make a lesion of every piece that does not touch the others</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Make one lesion of the selected ones</source>
        <translation>Make one lesion of the selected ones</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>One big, three small</source>
        <translation>One big, three small</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>One slice, no slab</source>
        <translation>One slice, no slab</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Open &amp;file…</source>
        <translation>Open &amp;file…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Open sess&amp;ion…</source>
        <translation>Open sess&amp;ion…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Paint on the selected lesion, or a new one</source>
        <translation>Paint on the selected lesion, or a new one</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Pre&amp;ferences…</source>
        <translation>Pre&amp;ferences…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Put the tool down, &amp;clear the selection</source>
        <translation>Put the tool down, &amp;clear the selection</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Remove the last mea&amp;surement</source>
        <translation>Remove the last mea&amp;surement</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Right coronary artery</source>
        <translation>Right coronary artery</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>S&amp;lices</source>
        <translation>S&amp;lices</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>S&amp;maller brush</source>
        <translation>S&amp;maller brush</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Save session &amp;as…</source>
        <translation>Save session &amp;as…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Segmentation, structured report, report and key images for the archive</source>
        <translation>Segmentation, structured report, report and key images for the archive</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Select the lesions of an artery</source>
        <translation>Select the lesions of an artery</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Slabs: m&amp;ean</source>
        <translation>Slabs: m&amp;ean</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Slabs: ma&amp;ximum (MIP)</source>
        <translation>Slabs: ma&amp;ximum (MIP)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Slabs: mi&amp;nimum (MinIP)</source>
        <translation>Slabs: mi&amp;nimum (MinIP)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Slices run by themselves until you click</source>
        <translation>Slices run by themselves until you click</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Split into &amp;pieces</source>
        <translation>Split into &amp;pieces</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>T&amp;hinner slab</source>
        <translation>T&amp;hinner slab</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Take the signature back, so that the case can be changed</source>
        <translation>Take the signature back, so that the case can be changed</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Take voxels away from lesions</source>
        <translation>Take voxels away from lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Text for a RIS, and the whole case for other software.</source>
        <translation>Text for a RIS, and the whole case for other software.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>The brightest of some slices</source>
        <translation>The brightest of some slices</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>The darkest of some slices</source>
        <translation>The darkest of some slices</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>The mean of some slices</source>
        <translation>The mean of some slices</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>The same lesions under every rule set</source>
        <translation>The same lesions under every rule set</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Thic&amp;ker slab</source>
        <translation>Thic&amp;ker slab</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/actions.py"/>
        <source>Write the report and the tables of scores</source>
        <translation>Write the report and the tables of scores</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/commands.py"/>
        <source>The lesion is of one piece.</source>
        <translation>The lesion is of one piece.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/commands.py"/>
        <source>The line does not cross the selected lesion.</source>
        <translation>The line does not cross the selected lesion.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/about.py"/>
        <source>About cacviewer</source>
        <translation>About cacviewer</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/about.py"/>
        <source>Apache Licence 2.0. Qt for Python is used under the LGPL 3.</source>
        <translation>Apache Licence 2.0. Qt for Python is used under the LGPL 3.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/about.py"/>
        <source>Finds, scores and reports coronary artery calcium on CT, with a reader's corrections.</source>
        <translation>Finds, scores and reports coronary artery calcium on CT, with a reader's corrections.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/about.py"/>
        <source>For research. It is not a medical device: a physician must check every score.</source>
        <translation>For research. It is not a medical device: a physician must check every score.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Export to</source>
        <translation>Export to</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Folder of the scan</source>
        <translation>Folder of the scan</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>HU limit of the selected lesions (usual: {usual}). With another one the case has no category.</source>
        <translation>HU limit of the selected lesions (usual: {usual}). With another one the case has no category.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Open DICOM folder</source>
        <translation>Open DICOM folder</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Open file</source>
        <translation>Open file</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Open session</source>
        <translation>Open session</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Replace</source>
        <translation>Replace</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Save session</source>
        <translation>Save session</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Sessions (*{suffix})</source>
        <translation>Sessions (*{suffix})</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>There are already: {names}. Replace them?</source>
        <translation>There are already: {names}. Replace them?</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>Your changes to this study are not saved.</source>
        <translation>Your changes to this study are not saved.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/choices.py"/>
        <source>cacviewer</source>
        <translation>cacviewer</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Agatston</source>
        <translation>Agatston</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Corners join pixels, more than 3 pixels, every object is rounded; no mass</source>
        <translation>Corners join pixels, more than 3 pixels, every object is rounded; no mass</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>From 0.5 mm², not scaled; volume and mass from 113 HU within the lesions: a lower bound</source>
        <translation>From 0.5 mm², not scaled; volume and mass from 113 HU within the lesions: a lower bound</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>From 1 mm², not scaled to slices of 3 mm</source>
        <translation>From 1 mm², not scaled to slices of 3 mm</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>From 3 pixels, not scaled to slices of 3 mm</source>
        <translation>From 3 pixels, not scaled to slices of 3 mm</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Limit by tube voltage, from 1 mm², scaled to slices of 3 mm</source>
        <translation>Limit by tube voltage, from 1 mm², scaled to slices of 3 mm</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Mass mg</source>
        <translation>Mass mg</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>No minimum area, not scaled to slices of 3 mm</source>
        <translation>No minimum area, not scaled to slices of 3 mm</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Objects in 3-D with one weight, each a whole number; slice thickness; no mass</source>
        <translation>Objects in 3-D with one weight, each a whole number; slice thickness; no mass</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Rule set</source>
        <translation>Rule set</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>The same lesions, counted by the rules of other programs as they were published. Category and interpretation belong to the literature rules alone.</source>
        <translation>The same lesions, counted by the rules of other programs as they were published. Category and interpretation belong to the literature rules alone.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>The third brightest pixel gives the weight; up to 1500 HU; slice thickness; its mass is not in mg</source>
        <translation>The third brightest pixel gives the weight; up to 1500 HU; slice thickness; its mass is not in mg</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Totals under every rule set</source>
        <translation>Totals under every rule set</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Volume mm³</source>
        <translation>Volume mm³</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Voxels from 160 HU, a third of their volume; no Agatston score, no mass</source>
        <translation>Voxels from 160 HU, a third of their volume; no Agatston score, no mass</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>What is different</source>
        <translation>What is different</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>Why do two programs disagree?</source>
        <translation>Why do two programs disagree?</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/comparison.py"/>
        <source>{number} (not mg)</source>
        <translation>{number} (not mg)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Ctrl + wheel, + , -</source>
        <translation>Ctrl + wheel, + , -</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Double click</source>
        <translation>Double click</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Edit</source>
        <translation>Edit</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>File</source>
        <translation>File</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>First, last slice</source>
        <translation>First, last slice</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Fit the picture to the view</source>
        <translation>Fit the picture to the view</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Help</source>
        <translation>Help</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Home, End</source>
        <translation>Home, End</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>In a view</source>
        <translation>In a view</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Keys and mouse</source>
        <translation>Keys and mouse</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Left click</source>
        <translation>Left click</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Left drag</source>
        <translation>Left drag</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Lesion</source>
        <translation>Lesion</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Menu of the lesion</source>
        <translation>Menu of the lesion</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Middle drag, Shift + left drag</source>
        <translation>Middle drag, Shift + left drag</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Move the crosshair</source>
        <translation>Move the crosshair</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Move the picture</source>
        <translation>Move the picture</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>One view large, and back</source>
        <translation>One view large, and back</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Review</source>
        <translation>Review</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Right click</source>
        <translation>Right click</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Right drag</source>
        <translation>Right drag</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Rules</source>
        <translation>Rules</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Select a lesion, or put the crosshair there</source>
        <translation>Select a lesion, or put the crosshair there</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Shift + wheel, Page Up, Page Down</source>
        <translation>Shift + wheel, Page Up, Page Down</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Slice by slice</source>
        <translation>Slice by slice</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Ten slices</source>
        <translation>Ten slices</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>View</source>
        <translation>View</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>What it does</source>
        <translation>What it does</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Wheel, Up, Down</source>
        <translation>Wheel, Up, Down</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Where</source>
        <translation>Where</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Window: right is wider, up is brighter</source>
        <translation>Window: right is wider, up is brighter</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/keys.py"/>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>A4 paper</source>
        <translation>A4 paper</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>Arabic</source>
        <translation>Arabic</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>As the system</source>
        <translation>As the system</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>Both languages</source>
        <translation>Both languages</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>By the network</source>
        <translation>By the network</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>By the threshold</source>
        <translation>By the threshold</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>Preferences</source>
        <translation>Preferences</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/preferences.py"/>
        <source>US letter</source>
        <translation>US letter</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>&amp;Copy</source>
        <translation>&amp;Copy</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>&amp;Details</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>If it happens again, copy the details and send them to whoever looks after cacviewer.</source>
        <translation>If it happens again, copy the details and send them to whoever looks after cacviewer.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>Something unexpected happened. Your work is still there; you can go on.</source>
        <translation>Something unexpected happened. Your work is still there; you can go on.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/problem.py"/>
        <source>Something went wrong.</source>
        <translation>Something went wrong.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>Not now</source>
        <translation>Not now</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>Recover</source>
        <translation>Recover</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>Recover work</source>
        <translation>Recover work</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>Unnamed study</source>
        <translation>Unnamed study</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>Work that can be recovered</source>
        <translation>Work that can be recovered</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>cacviewer ended without saving. This work can be taken up again:</source>
        <translation>cacviewer ended without saving. This work can be taken up again:</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>{title}: {date} {time}, {count} changes</source>
        <translation>{title}: {date} {time}, {count} changes</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/recover.py"/>
        <source>{title}: {date} {time}, {count} changes, damaged in part</source>
        <translation>{title}: {date} {time}, {count} changes, damaged in part</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Agatston {score}</source>
        <translation>Agatston {score}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Arteries are given as far as they can be ({unassigned} without one).</source>
        <translation>Arteries are given as far as they can be ({unassigned} without one).</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>I have looked at every counted lesion ({counted}) and at the other calcium ({others}).</source>
        <translation>I have looked at every counted lesion ({counted}) and at the other calcium ({others}).</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>I have read the findings ({warnings} warnings).</source>
        <translation>I have read the findings ({warnings} warnings).</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Mark as reviewed</source>
        <translation>Mark as reviewed</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Patient and scan are the right ones: {patient}</source>
        <translation>Patient and scan are the right ones: {patient}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Reviewed</source>
        <translation>Reviewed</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Reviewed by</source>
        <translation>Reviewed by</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>The case is locked then; Unlock in the Review menu opens it again.</source>
        <translation>The case is locked then; Unlock in the Review menu opens it again.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/dialogs/review.py"/>
        <source>Your name</source>
        <translation>Your name</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Display</source>
        <translation>Display</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Findings</source>
        <translation>Findings</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Lesions</source>
        <translation>Lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Results</source>
        <translation>Results</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/docks.py"/>
        <source>Series</source>
        <translation>Series</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Count lesion {n}</source>
        <translation>Count lesion {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Count lesion {n} without an artery</source>
        <translation>Count lesion {n} without an artery</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Count {count} lesions</source>
        <translation>Count {count} lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Count {count} lesions without an artery</source>
        <translation>Count {count} lesions without an artery</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Erase from lesion {n}</source>
        <translation>Erase from lesion {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Erase from {count} lesions</source>
        <translation>Erase from {count} lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Exclude lesion {n}</source>
        <translation>Exclude lesion {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Exclude {count} lesions</source>
        <translation>Exclude {count} lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Give lesion {n} to {artery}</source>
        <translation>Give lesion {n} to {artery}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Give {count} lesions to {artery}</source>
        <translation>Give {count} lesions to {artery}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Grow lesion {n}</source>
        <translation>Grow lesion {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Limit {limit} HU for lesion {n}</source>
        <translation>Limit {limit} HU for lesion {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Limit {limit} HU for {count} lesions</source>
        <translation>Limit {limit} HU for {count} lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Merge into lesion {n}</source>
        <translation>Merge into lesion {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Merge {count} lesions</source>
        <translation>Merge {count} lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Paint lesion {n}</source>
        <translation>Paint lesion {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Paint new lesion {n}</source>
        <translation>Paint new lesion {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Paint {count} lesions</source>
        <translation>Paint {count} lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Redone: {edit}</source>
        <translation>Redone: {edit}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Split lesion {n}</source>
        <translation>Split lesion {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Split {count} lesions</source>
        <translation>Split {count} lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Undone: {edit}</source>
        <translation>Undone: {edit}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Unlocked</source>
        <translation>Unlocked</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Usual limit for lesion {n}</source>
        <translation>Usual limit for lesion {n}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/edit_texts.py"/>
        <source>Usual limit for {count} lesions</source>
        <translation>Usual limit for {count} lesions</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Aorta</source>
        <translation>Aorta</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Bone</source>
        <translation>Bone</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Coronary</source>
        <translation>Coronary</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Excluded</source>
        <translation>Excluded</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Metal</source>
        <translation>Metal</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Noise</source>
        <translation>Noise</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Outside the heart</source>
        <translation>Outside the heart</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Pulmonary</source>
        <translation>Pulmonary</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/lesion_rows.py"/>
        <source>Valve</source>
        <translation>Valve</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/linked_views.py"/>
        <source>The 3-D view does not work on this machine; everything else does.</source>
        <translation>The 3-D view does not work on this machine; everything else does.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/linked_views.py"/>
        <source>The 3-D view needs OpenGL 3.2, which is not there. Everything else works.</source>
        <translation>The 3-D view needs OpenGL 3.2, which is not there. Everything else works.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/main_window.py"/>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Finding calcium</source>
        <translation>Finding calcium</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Finding heart and aorta</source>
        <translation>Finding heart and aorta</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Looking for series</source>
        <translation>Looking for series</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Making surfaces</source>
        <translation>Making surfaces</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Reading slices</source>
        <translation>Reading slices</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>Writing the report</source>
        <translation>Writing the report</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/orders.py"/>
        <source>{step}, starting again</source>
        <translation>{step}, starting again</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Calcium</source>
        <translation>Calcium</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Heart and aorta</source>
        <translation>Heart and aorta</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Level</source>
        <translation>Level</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Opacity of {what}</source>
        <translation>Opacity of {what}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Set by hand</source>
        <translation>Set by hand</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Slabs</source>
        <translation>Slabs</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Thickness of slabs</source>
        <translation>Thickness of slabs</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Width</source>
        <translation>Width</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Window</source>
        <translation>Window</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/display.py"/>
        <source>Window preset</source>
        <translation>Window preset</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/findings.py"/>
        <source>No score</source>
        <translation>No score</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/findings.py"/>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/findings.py"/>
        <source>Nothing to report.</source>
        <translation>Nothing to report.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/findings.py"/>
        <source>Slices {numbers} (click to go there)</source>
        <translation>Slices {numbers} (click to go there)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/findings.py"/>
        <source>Warning</source>
        <translation>Warning</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/gauge.py"/>
        <source>Agatston {score} among the categories {all}</source>
        <translation>Agatston {score} among the categories {all}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/gauge.py"/>
        <source>Category</source>
        <translation>Category</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>Not reviewed yet.</source>
        <translation>Not reviewed yet.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>Reviewed by {name}, {at}. Locked.</source>
        <translation>Reviewed by {name}, {at}. Locked.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/history.py"/>
        <source>Who</source>
        <translation>Who</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Artery</source>
        <translation>Artery</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Class</source>
        <translation>Class</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Lesion {n}, {place}, Agatston {agatston}, volume {volume} cubic millimetres</source>
        <translation>Lesion {n}, {place}, Agatston {agatston}, volume {volume} cubic millimetres</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Lesion {n}, {place}, not counted</source>
        <translation>Lesion {n}, {place}, not counted</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Max HU</source>
        <translation>Max HU</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Mean HU</source>
        <translation>Mean HU</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>No.</source>
        <translation>No.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>Slice</source>
        <translation>Slice</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesion_model.py"/>
        <source>{artery}: confidence {percent} %. {reason}</source>
        <translation>{artery}: confidence {percent} %. {reason}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>All calcium</source>
        <translation>All calcium</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Count</source>
        <translation>Count</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Counted</source>
        <translation>Counted</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Counted, without an artery</source>
        <translation>Counted, without an artery</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Exclude</source>
        <translation>Exclude</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Excluded by the reader</source>
        <translation>Excluded by the reader</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Not counted</source>
        <translation>Not counted</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Unknown</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>Which lesions are listed</source>
        <translation>Which lesions are listed</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/lesions.py"/>
        <source>{counted} counted, {others} other calcium that is not counted.</source>
        <translation>{counted} counted, {others} other calcium that is not counted.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Age at the scan, years</source>
        <translation>Age at the scan, years</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Age is a whole number of completed years.</source>
        <translation>Age is a whole number of completed years.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Blood pressure drug</source>
        <translation>Blood pressure drug</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Body mass index, kg/m²</source>
        <translation>Body mass index, kg/m²</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Cholesterol in</source>
        <translation>Cholesterol in</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Compare with a prior case…</source>
        <translation>Compare with a prior case…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Diabetes</source>
        <translation>Diabetes</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Group (MESA)</source>
        <translation>Group (MESA)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>HDL cholesterol</source>
        <translation>HDL cholesterol</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Heart attack in the family</source>
        <translation>Heart attack in the family</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Known coronary disease</source>
        <translation>Known coronary disease</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Lipid-lowering drug</source>
        <translation>Lipid-lowering drug</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>No prior scan is compared.</source>
        <translation>No prior scan is compared.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Prior scan: {date}, Agatston {score}</source>
        <translation>Prior scan: {date}, Agatston {score}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Sex</source>
        <translation>Sex</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Smokes now</source>
        <translation>Smokes now</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Systolic pressure, mmHg</source>
        <translation>Systolic pressure, mmHg</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>The prior has no score.</source>
        <translation>The prior has no score.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Total cholesterol</source>
        <translation>Total cholesterol</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>Unit of cholesterol</source>
        <translation>Unit of cholesterol</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>header</source>
        <translation>header</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>not stated</source>
        <translation>not stated</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>yes</source>
        <translation>yes</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/patient.py"/>
        <source>{what} lies between {low} and {high}.</source>
        <translation>{what} lies between {low} and {high}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Agatston at least {score}</source>
        <translation>Agatston at least {score}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Agatston {low} to {high} if the scan had come out a little differently.</source>
        <translation>Agatston {low} to {high} if the scan had come out a little differently.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Agatston {score} (estimate)</source>
        <translation>Agatston {score} (estimate)</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Automatic</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Automatic result: {score}</source>
        <translation>Automatic result: {score}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Being worked out…</source>
        <translation>Being worked out…</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Category {label} ({word}) · CAC-DRS {drs}</source>
        <translation>Category {label} ({word}) · CAC-DRS {drs}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Counted from {limit} HU on ({rules} rules); {mass}.</source>
        <translation>Counted from {limit} HU on ({rules} rules); {mass}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Heart {ml} ml</source>
        <translation>Heart {ml} ml</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Heart {ml} ml, confidence {percent} %.</source>
        <translation>Heart {ml} ml, confidence {percent} %.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Interpretation</source>
        <translation>Interpretation</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>No category is given with these findings.</source>
        <translation>No category is given with these findings.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>No category: it belongs to the literature rules.</source>
        <translation>No category: it belongs to the literature rules.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>No reason is given.</source>
        <translation>No reason is given.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>No scan is open.</source>
        <translation>No scan is open.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Not scored</source>
        <translation>Not scored</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Not scored yet. F5 scores it.</source>
        <translation>Not scored yet. F5 scores it.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Read {read} s, heart {heart} s, calcium {calcium} s.</source>
        <translation>Read {read} s, heart {heart} s, calcium {calcium} s.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Scores per artery</source>
        <translation>Scores per artery</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/results.py"/>
        <source>{units} below the next category ({label}).</source>
        <translation>{units} below the next category ({label}).</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>1 image</source>
        <translation>1 image</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>Drop a folder of DICOM slices on the window, or press Ctrl+O.</source>
        <translation>Drop a folder of DICOM slices on the window, or press Ctrl+O.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>No name</source>
        <translation>No name</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>No series in {path}.</source>
        <translation>No series in {path}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>Ready for scoring</source>
        <translation>Ready for scoring</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>Scored with warnings</source>
        <translation>Scored with warnings</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>Study</source>
        <translation>Study</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>Unreadable</source>
        <translation>Unreadable</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>View only</source>
        <translation>View only</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>part {part}</source>
        <translation>part {part}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/panels/series.py"/>
        <source>{count} images</source>
        <translation>{count} images</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/presets.py"/>
        <source>Angio</source>
        <translation>Angio</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/presets.py"/>
        <source>As stored</source>
        <translation>As stored</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/presets.py"/>
        <source>Lung</source>
        <translation>Lung</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/presets.py"/>
        <source>Soft tissue</source>
        <translation>Soft tissue</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/presets.py"/>
        <source>Whole range</source>
        <translation>Whole range</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/progress.py"/>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/progress.py"/>
        <source>Progress</source>
        <translation>Progress</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/progress.py"/>
        <source>{n} min left</source>
        <translation>{n} min left</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/progress.py"/>
        <source>{n} s left</source>
        <translation>{n} s left</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/recent.py"/>
        <source>&amp;Clear the list</source>
        <translation>&amp;Clear the list</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/recent.py"/>
        <source>Open &amp;recent</source>
        <translation>Open &amp;recent</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/session_keeper.py"/>
        <source>Saved: {path}</source>
        <translation>Saved: {path}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/session_keeper.py"/>
        <source>There is no autosave: only Save keeps your work. {why}</source>
        <translation>There is no autosave: only Save keeps your work. {why}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/sitting.py"/>
        <source>A part of the record of this work cannot be read. Recovered: {count} changes.</source>
        <translation>A part of the record of this work cannot be read. Recovered: {count} changes.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/sitting.py"/>
        <source>Compare the history with what you remember, and save the session.</source>
        <translation>Compare the history with what you remember, and save the session.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/sitting.py"/>
        <source>Open the scan and make the changes again; the file lists them.</source>
        <translation>Open the scan and make the changes again; the file lists them.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/sitting.py"/>
        <source>The scan of this session is not at {path} any more. Choose the folder where it is now.</source>
        <translation>The scan of this session is not at {path} any more. Choose the folder where it is now.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/sitting.py"/>
        <source>The work on {title} cannot be recovered ({count} changes): its autosave is missing.</source>
        <translation>The work on {title} cannot be recovered ({count} changes): its autosave is missing.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/store.py"/>
        <source>Corrections of lesions that this result no longer has: {count}. They change nothing.</source>
        <translation>Corrections of lesions that this result no longer has: {count}. They change nothing.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/store.py"/>
        <source>The case is reviewed and locked. Unlock it (Review menu) to change it.</source>
        <translation>The case is reviewed and locked. Unlock it (Review menu) to change it.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/store.py"/>
        <source>The lesion of this correction is no longer there: nothing changes.</source>
        <translation>The lesion of this correction is no longer there: nothing changes.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/view_area.py"/>
        <source>Heart and calcium in 3-D appear here.</source>
        <translation>Heart and calcium in 3-D appear here.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/furniture.py"/>
        <source>Mean</source>
        <translation>Mean</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/slice_view.py"/>
        <source>Axial view</source>
        <translation>Axial view</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/slice_view.py"/>
        <source>Coronal view</source>
        <translation>Coronal view</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/slice_view.py"/>
        <source>Sagittal view</source>
        <translation>Sagittal view</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/surface_view.py"/>
        <source>3-D view</source>
        <translation>3-D view</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>A lesion is there already: it is selected.</source>
        <translation>A lesion is there already: it is selected.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>All of it belongs to the lesion already.</source>
        <translation>All of it belongs to the lesion already.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>Draw a line across the lesion.</source>
        <translation>Draw a line across the lesion.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>Nothing of {limit} HU or more is free there, in the heart and outside the aorta.</source>
        <translation>Nothing of {limit} HU or more is free there, in the heart and outside the aorta.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>There is no result to edit yet.</source>
        <translation>There is no result to edit yet.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>There is nothing to erase there.</source>
        <translation>There is nothing to erase there.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/views/tools.py"/>
        <source>{count} voxels below {limit} HU were left out: they are never counted.</source>
        <translation>{count} voxels below {limit} HU were left out: they are never counted.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Choose the folder that holds the DICOM files.</source>
        <translation>Choose the folder that holds the DICOM files.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>No 3-D surfaces: {why}</source>
        <translation>No 3-D surfaces: {why}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Not scored: see the findings.</source>
        <translation>Not scored: see the findings.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Not written:
{what}</source>
        <translation>Not written:
{what}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Open the session again and choose the folder of series {uid}.</source>
        <translation>Open the session again and choose the folder of series {uid}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Stopped: {step}.</source>
        <translation>Stopped: {step}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>There is no readable CT image in {path}.</source>
        <translation>There is no readable CT image in {path}.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>This series can be viewed; it is not scored. See the findings.</source>
        <translation>This series can be viewed; it is not scored. See the findings.</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>Written: {files}</source>
        <translation>Written: {files}</translation>
    </message>
    <message>
        <location filename="../../cacviewer/ui/workflow.py"/>
        <source>{path} does not hold the scan that this session was made of.</source>
        <translation>{path} does not hold the scan that this session was made of.</translation>
    </message>
</context>
</TS>
