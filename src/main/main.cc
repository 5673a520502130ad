// Joins the concrete types; the only place that knows all of them.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "adapters/adb/adb.h"
#include "adapters/archive/archive.h"
#include "adapters/desktop/notify.h"
#include "adapters/files/files.h"
#include "adapters/guard/guard.h"
#include "adapters/scan/scan.h"
#include "adapters/state/journal_file.h"
#include "adapters/state/own_lines.h"
#include "adapters/state/own_unit.h"
#include "adapters/state/state.h"
#include "adapters/terminal/clock.h"
#include "adapters/terminal/person.h"
#include "adapters/terminal/terminal.h"
#include "adapters/toml/load_knowledge.h"
#include "adapters/toml/write_numbers.h"
#include "adapters/unpack/unpack.h"
#include "app/repair/repair_guard.h"
#include "app/world.h"
#include "cli/run.h"
#include "main/my_band.h"
#include "main/serve_band.h"
#include "main/serve_page.h"
#include "main/serve_phone.h"
#include "main/simulated_band.h"
#include "main/simulated_home.h"
#include "main/write_world.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace {

bk::Result<std::string> ReadText(const std::string& path, std::size_t bytes_max) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file)
      return bk::Fail(bk::ErrorCode::kNotFound, path + ": no such file, or it may not be read.");
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string text(bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return bk::Fail(bk::ErrorCode::kNotReadable, path + ": cannot be read.");
  if (text.size() > bytes_max)
    return bk::Fail(bk::ErrorCode::kTooLarge, path + ": larger than answers can be.");
  return text;
}

// The process that a repair sets on guard: this program again (adapters/guard). Nobody else has a
// use for the word, so no list of verbs names it.
constexpr const char* kGuardVerb = "guard-phone";

int StandGuard(const bk::app::World& world) {
  const bk::adapters::GuardOrder order = bk::adapters::AwaitGuardOrder(0);
  if (!order.act) return 0;
  return bk::app::PutBackAfterDeath(order.serial, world) ? 0 : 4;
}

}  // namespace

int main(int argc, char** argv) {
  // A file that may grow no more is an error like a full disk, not a death in the middle of a
  // repair.
  (void)std::signal(SIGXFSZ, SIG_IGN);
  const auto terminal = bk::adapters::terminal::Detect(1);
  const auto files = bk::adapters::MakeFiles(bk::adapters::OpenArchive);
  const auto unpack = bk::adapters::MakeUnpack();
  const auto patterns = bk::adapters::MakePatternCompiler();
  bk::app::World world;
  world.files = files.get();
  world.unpack = unpack.get();
  world.patterns = patterns.get();
  world.embedded_knowledge = &bk::troubleshoot::EmbeddedKnowledge();
  world.load_knowledge = [](const std::string& folder) {
    return bk::adapters::toml::LoadKnowledge(folder);
  };
  world.write_numbers = [](const std::string& folder, const std::string& into,
                           std::span<const bk::troubleshoot::Change> changes) {
    return bk::adapters::toml::WriteNumbers(folder, into, changes);
  };
  world.append_line = bk::adapters::AppendLine;
  if (const std::string home = bk::adapters::DataHome(); !home.empty())
    world.own_cases = home + "/bandkeeper/cases.jsonl";
  world.read_text = ReadText;
  const auto phones = bk::adapters::adb::MakePhones();
  world.phones = phones.get();
  // As POSIX has it: the first that is set and not empty decides.
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* set = std::getenv(name);
        set != nullptr && *set != '\0' && world.language.empty())
      world.language = set;
  world.person = bk::adapters::terminal::OpenPerson;
  const auto store = bk::adapters::MakeStore(bk::adapters::StateFolder());
  world.store = store.get();
  world.serve_phone = bk::main::ServePhone;
  world.serve_band = bk::main::ServeBand;
  world.write_world = bk::main::WriteWorld;
  world.serve_page = [&world](const bk::app::ServeWishes& wishes,
                              const std::function<void(const bk::app::ServedPage&)>& served) {
    return bk::main::ServePage(wishes, world, served);
  };
  const bk::main::MyBandParts my_band;
  world.band = &my_band.world();
  world.simulate = [](const bk::app::SimulatedPhone& wanted, bool anew) {
    const std::string folder = bk::adapters::StateFolder();
    return bk::main::OpenSimulatedHome(folder.empty() ? folder : folder + "/simulated", wanted,
                                       anew);
  };
  world.simulate_band = [](const bk::app::SimulatedBand& wanted, bool anew) {
    const std::string folder = bk::adapters::StateFolder();
    return bk::main::OpenSimulatedBand(folder.empty() ? folder : folder + "/simulated-band", wanted,
                                       anew);
  };
  world.clock = bk::adapters::terminal::MakeClock;
  world.journal = [](bool to_write) {
    return bk::adapters::OpenJournal(
        bk::adapters::StateFolder(),
        to_write ? bk::adapters::JournalUse::kWrite : bk::adapters::JournalUse::kRead);
  };
  world.notify = [](std::string_view title, std::string_view text) {
    (void)bk::adapters::NotifyDesktop(title, text);
  };
  world.own_unit = [](bool install) -> bk::Result<std::string> {
    const std::string folder = bk::adapters::UnitFolder();
    if (folder.empty())
      return bk::Fail(bk::ErrorCode::kNotFound, "There is no home folder for a unit: set HOME.");
    if (!install) return bk::adapters::RemoveUnit(folder);
    std::error_code failed;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
    if (failed)
      return bk::Fail(bk::ErrorCode::kNotReadable, "Where this program lies cannot be told.");
    return bk::adapters::InstallUnit(folder, program.string());
  };
  // systemd sets it for whatever it connects to the journal.
  world.journal_lines = std::getenv("JOURNAL_STREAM") != nullptr && !terminal.is_terminal;
  world.set_guard = [](const std::string& serial) {
    return bk::adapters::StartGuard(serial, {kGuardVerb});
  };
  world.say = [](std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
  };
  if (argc == 2 && std::string_view(argv[1]) == kGuardVerb) return StandGuard(world);
  // One line that overwrites itself, only where somebody sees it.
  const bool watched = bk::adapters::terminal::Detect(2).is_terminal;
  bool progress_shown = false;
  if (watched)
    world.progress = [&progress_shown](std::string_view text) {
      std::fprintf(stderr, "\r\x1b[K%s", bk::cli::Printable(text).c_str());
      progress_shown = true;
    };
  const auto outcome = bk::cli::Run({argv + 1, argv + argc}, world,
                                    bk::cli::Style(terminal.colours, terminal.columns));
  if (progress_shown) std::fputs("\r\x1b[K", stderr);
  std::fputs(outcome.err.c_str(), stderr);
  const bool written = std::fputs(outcome.out.c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
  return static_cast<int>(written ? outcome.status : bk::cli::ExitCode::kInternal);
}
