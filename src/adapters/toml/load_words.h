// words/LANG/*.toml: what a language says (troubleshoot/knowledge/texts.h has the keys).
#pragma once

#include "adapters/toml/table_reader.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::adapters::toml {

// Adds to Knowledge::languages. language.toml: name, plurals (language::PluralsName), lower_within;
// its name stays empty where that file was not read. Any other file: tables whose dotted path is
// the key, values are texts or lists of texts. Whether there is such a text is for
// troubleshoot::CheckLanguages to say.
void LoadWords(TableReader& reader, troubleshoot::Knowledge& knowledge);

}  // namespace bk::adapters::toml
