#include "cli/everyday.h"

#include <nlohmann/json.hpp>

#include "app/repair/everyday_case.h"
#include "cli/everyday_text.h"

namespace bk::cli {

Outcome Everyday(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  if (!options.files.empty() || !options.findings_file.empty())
    return Failed(ExitCode::kUsage,
                  "--everyday looks at the phone on the cable; it takes no files. Run `bandkeeper "
                  "doctor FILE...` for those.");
  const auto knowledge = KnowledgeOf(options, world);
  if (!knowledge) return Failed(ExitCode::kUsage, knowledge.error().message);
  if (world.phones == nullptr)
    return Failed(ExitCode::kCouldNotCheck, "No phone can be reached from here.");
  if (world.progress) world.progress("Looking at the phone's everyday settings");
  auto phone = world.phones->Open(options.serial);
  if (!phone) return Failed(phone.error(), privacy);
  const auto report = app::LookAtEveryday({.app = options.app}, **phone, *knowledge);
  if (world.progress) world.progress("");
  if (!report) return Failed(report.error(), privacy);
  const bool off = report->CountOf(repair::EverydayState::Is::kOff) > 0;
  return {.status = off ? ExitCode::kTrouble : ExitCode::kHealthy,
          .out = options.json ? Dump(app::ToJson(*report))
                              : EverydayText(*report, style, options.verbose)};
}

}  // namespace bk::cli
