#include "cli/serve_verb.h"

#include <fmt/format.h>

#include "app/desk/serve.h"
#include "app/evidence_json.h"
#include "cli/simulated.h"
#include "cli/style.h"

namespace bk::cli {
namespace {

void Announce(const app::ServedPage& served, const app::World& world) {
  std::string text;
  if (!served.simulated.empty())
    text += fmt::format("This is a simulated phone, not a real one: {}.\n",
                        Printable(app::ValidUtf8(served.simulated)));
  text += served.already ? "The page is served already. " : "";
  text += served.opened ? "The page opens in your browser. If it does not, open:\n"
                        : "Open this address in a browser on this computer:\n";
  text += "  " + served.address + "\n";
  text += "Whoever has this address can do what you can do there: keep it to yourself.\n";
  if (!served.already) text += "Ctrl-C ends it.\n";
  world.say(text);
}

}  // namespace

Outcome ServePage(const Options& options, const app::World& world) {
  app::Privacy privacy(false);
  if (!world.serve_page || !world.say)
    return Failed(ExitCode::kCouldNotCheck, "No page can be served here.");
  app::ServeWishes wishes{
      .port = options.page_port, .open = options.open, .anew = options.new_phone};
  if (options.simulated) wishes.simulated = SimulatedPhoneOf(options);
  const Status ended =
      world.serve_page(wishes, [&](const app::ServedPage& served) { Announce(served, world); });
  if (!ended) return Failed(ended.error(), privacy);
  return {};
}

}  // namespace bk::cli
