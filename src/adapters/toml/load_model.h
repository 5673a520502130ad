// model.toml: the constants of the reasoning, and what is not a cause.
#pragma once

#include <functional>
#include <string>

#include "adapters/toml/table_reader.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::adapters::toml {

// Where the thing and each of its keys stands, for the messages of CheckKnowledge.
void Remember(troubleshoot::Knowledge& knowledge, const std::string& thing,
              const TableReader& reader);

// Mistakes are noted in the reader. `cluster_id` reads the id of a cluster and notes one that is
// there twice.
void LoadModel(TableReader& reader, const std::function<std::string(TableReader&)>& cluster_id,
               troubleshoot::Knowledge& knowledge);

}  // namespace bk::adapters::toml
