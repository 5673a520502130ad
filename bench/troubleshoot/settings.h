// Numbers of knowledge/model.toml by name, to try others than the shipped ones.
#pragma once

#include <string_view>

#include "troubleshoot/knowledge/knowledge.h"

namespace bk::bench {

// "name=value", as "sure_cause=0.9" or "least_chance.pairing=0.1". False when it is neither.
bool Set(troubleshoot::Knowledge& knowledge, std::string_view setting);

}  // namespace bk::bench
