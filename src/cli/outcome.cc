#include "cli/outcome.h"

#include "app/evidence_json.h"
#include "cli/style.h"

namespace bk::cli {
namespace {

ExitCode StatusOf(const Error& error) {
  if (error.code == ErrorCode::kStopped) return ExitCode::kStepFailed;
  return error.code == ErrorCode::kInvalid ? ExitCode::kUsage : ExitCode::kCouldNotCheck;
}

}  // namespace

Outcome Failed(ExitCode status, std::string_view message) {
  return {.status = status, .err = "bandkeeper: " + Printable(app::ValidUtf8(message)) + "\n"};
}

Outcome Failed(const Error& error, app::Privacy& privacy) {
  return Failed(StatusOf(error), privacy.Scrub(app::ValidUtf8(error.message)));
}

Result<troubleshoot::Knowledge> KnowledgeOf(const Options& options, const app::World& world) {
  if (options.knowledge_dir.empty()) return *world.embedded_knowledge;
  return world.load_knowledge(options.knowledge_dir);
}

std::string Dump(const nlohmann::ordered_json& json) { return json.dump(2) + "\n"; }

}  // namespace bk::cli
