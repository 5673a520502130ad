// The knowledge that was compiled in: knowledge/*.toml of the source tree, as a table.
// Link bk_embedded_knowledge.
#pragma once

#include "troubleshoot/knowledge/knowledge.h"

namespace bk::troubleshoot {

// Built at the first call (under a millisecond), then kept.
const Knowledge& EmbeddedKnowledge();

}  // namespace bk::troubleshoot
