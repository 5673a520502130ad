// Languages: which one a report speaks, and `knowledge words`, which hands a translator what there
// is to translate.
#pragma once

#include "app/world.h"
#include "base/result.h"
#include "cli/options.h"
#include "cli/outcome.h"

namespace bk::cli {

// The knowledge in the language of --lang, else of the environment where there is such a language,
// else in English. kInvalid: --lang names none that there is.
Result<troubleshoot::Knowledge> InChosenLanguage(troubleshoot::Knowledge knowledge,
                                                 const Options& options, const app::World& world);

// The texts that the language lacks, or all of them, as a file of knowledge/words/LANG with English
// in the place of what is to be written.
// KnowledgeOf in the language of --lang or of the environment.
Result<troubleshoot::Knowledge> KnowledgeInLanguage(const Options& options,
                                                    const app::World& world);

Outcome WordsToTranslate(const Options& options, const app::World& world);

}  // namespace bk::cli
