// Knowledge -> C++ source of its table (troubleshoot/knowledge/knowledge_table.h), which defines
// troubleshoot::EmbeddedKnowledge().
#pragma once

#include <string>

#include "troubleshoot/knowledge/knowledge.h"

namespace bk::adapters::toml {

std::string WriteTable(const troubleshoot::Knowledge& knowledge);

}  // namespace bk::adapters::toml
