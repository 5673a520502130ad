#include "cli/outcome.h"

#include <fmt/format.h>

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

std::string Dump(const nlohmann::ordered_json& json) {
  // Some terminals obey U+0080 to U+009F, which JSON may hold as they are: they only stand in
  // strings, where an escape means the same.
  std::string text = json.dump(2) + "\n";
  constexpr char kLead = '\xc2';
  for (std::size_t at = 0; (at = text.find(kLead, at)) != std::string::npos; ++at) {
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
    if (next >= 0x80 && next < 0xa0) text.replace(at, 2, fmt::format("\\u{:04x}", next));
  }
  return text;
}

}  // namespace bk::cli
