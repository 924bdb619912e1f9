from cacviewer.language.english import ENGLISH as ENGLISH
from cacviewer.language.languages import LANGUAGES as LANGUAGES
from cacviewer.language.languages import Language as Language
