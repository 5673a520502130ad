#include "main/serve_page.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

#include "adapters/adb/adb.h"
#include "adapters/cipher/cipher.h"
#include "adapters/desktop/open_page.h"
#include "adapters/state/serve_folder.h"
#include "adapters/state/state.h"
#include "adapters/terminal/clock.h"
#include "app/desk/desk.h"
#include "main/page_assets.h"
#include "main/simulated_band.h"
#include "main/simulated_home.h"
#include "server/page_server.h"

namespace bk::main {
namespace {

// Ends what waits on the phone at this moment (adapters/adb).
class StopLine {
 public:
  StopLine() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  ~StopLine() {
    if (event_ >= 0) close(event_);
  }
  StopLine(const StopLine&) = delete;
  StopLine& operator=(const StopLine&) = delete;
  [[nodiscard]] int descriptor() const { return event_; }
  void Ring() const {
    const std::uint64_t once = 1;
    (void)!write(event_, &once, sizeof once);
  }

 private:
  int event_;
};

std::string AddressOf(const adapters::ServeAddress& kept) {
  return fmt::format("http://127.0.0.1:{}/#token={}", kept.port, kept.token);
}

Result<std::unique_ptr<server::PageServer>> Listen(
    const app::ServeWishes& wishes, const std::optional<adapters::ServeAddress>& kept,
    const std::string& token, app::Desk& desk) {
  const auto open = [&](std::uint16_t port) {
    return server::PageServer::Open(
        {.port = port,
         .token = token,
         .sign = [token](std::string_view text) { return adapters::HmacSha256(token, text); },
         .assets = PageAssets()},
        desk);
  };
  if (wishes.port != 0) return open(wishes.port);
  if (kept)
    if (auto again = open(kept->port)) return again;
  return open(0);
}

}  // namespace

Status ServePage(const app::ServeWishes& wishes, const app::World& world,
                 const std::function<void(const app::ServedPage&)>& served) {
  const std::string state = adapters::StateFolder();
  const std::string own = state.empty() || !wishes.simulated ? state : state + "/simulated";
  const std::string folder = own.empty() ? own : own + "/page";
  auto held = adapters::ServeFolder::Hold(folder);
  BK_TRY(const auto kept, adapters::KeptAddress(folder));
  if (!held) {
    if (held.error().code != ErrorCode::kRefused || !kept) return std::unexpected(held.error());
    const std::string address = AddressOf(*kept);
    served({.address = address,
            .already = true,
            .opened = wishes.open && adapters::HasDesktop() &&
                      adapters::OpenOnDesktop(folder + "/open.html")});
    return {};
  }

  const StopLine stop;
  std::unique_ptr<app::SimulatedHome> home;
  std::unique_ptr<app::SimulatedBandHome> band_home;
  app::DeskOptions options{.world = world};
  options.world.clock = adapters::terminal::MakeDeafClock;
  const auto phones = adapters::adb::MakePhones({.stop_descriptor = stop.descriptor()});
  options.world.phones = phones.get();
  if (wishes.simulated) {
    BK_TRY(home, OpenSimulatedHome(own, *wishes.simulated, wishes.anew,
                                   adapters::terminal::MakeDeafClock));
    options.simulated = [&home](const language::Language& in) { return home->Sentence(in); };
    options.simulated_owner = [&home](const std::string& fix, std::chrono::seconds takes) {
      return home->LetOwnerDo(fix, takes);
    };
    options.world.phones = &home->phones();
    options.world.clock = [&home] { return home->MakeClock(); };
    options.world.journal = [&home](bool to_write) { return home->Journal(to_write); };
    options.world.set_guard = nullptr;  // a phone that goes when we go needs none
    options.after_task = [&home, &band_home] {
      (void)home->Keep();
      (void)band_home->Keep();
    };
    options.track = false;
    BK_TRY(band_home, OpenSimulatedBand(state + "/simulated-band", {}, false,
                                        adapters::terminal::MakeDeafClock));
    options.simulated_band = [&band_home](const language::Language& in) {
      return band_home->Sentence(in);
    };
    options.simulated_key = band_home->Key();
    options.world.band = &band_home->band();
    options.band_clock = [&band_home] { return band_home->MakeClock(); };
  }
  options.world.simulate = nullptr;
  options.world.simulate_band = nullptr;
  options.world.serve_page = nullptr;
  options.version = BK_VERSION;
  options.folder = folder;
  const auto store = adapters::MakeStore(folder);
  options.store = store.get();
  options.interrupt = [&stop] { stop.Ring(); };
  options.remove_file = adapters::RemoveFile;
  options.list_folder = adapters::NamesIn;
  app::Desk desk(std::move(options));

  std::string token;
  if (kept) {
    token = kept->token;
  } else {
    BK_TRY(token, adapters::MakeToken());
  }
  BK_TRY(const auto page, Listen(wishes, kept, token, desk));
  const adapters::ServeAddress address{page->port(), token};
  if (const Status noted = (*held)->Keep(address); !noted) return noted;
  const std::string text = AddressOf(address);
  // A browser is told of a file that leads there: the path alone shows to others.
  const auto door = (*held)->KeepDoor(text);
  const bool opened =
      wishes.open && adapters::HasDesktop() && door && adapters::OpenOnDesktop(*door);
  served({.address = text, .simulated = home ? home->Sentence() : std::string(), .opened = opened});
  page->Run();
  desk.Close();
  if (door) (void)adapters::RemoveFile(*door);
  return home ? home->Keep() : Status{};
}

}  // namespace bk::main
