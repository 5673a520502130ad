// What a verb comes to, and the ways to it that all verbs share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "app/privacy.h"
#include "app/world.h"
#include "base/result.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::cli {

struct Outcome {
  ExitCode status = ExitCode::kHealthy;
  std::string out;  // for standard output
  std::string err;  // for standard error
};

// "bandkeeper: MESSAGE", safe for a terminal.
Outcome Failed(ExitCode status, std::string_view message);
// With the status that the error's code asks for; addresses are hidden.
Outcome Failed(const Error& error, app::Privacy& privacy);

// --knowledge DIR, else the built-in one.
Result<troubleshoot::Knowledge> KnowledgeOf(const Options& options, const app::World& world);

// Indented, with a newline at the end.
std::string Dump(const nlohmann::ordered_json& json);

}  // namespace bk::cli
