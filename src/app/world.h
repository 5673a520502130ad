// What the use cases need of the world, joined by main. Nothing here is owned.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/clock.h"
#include "ports/files.h"
#include "ports/guard.h"
#include "ports/journal.h"
#include "ports/person.h"
#include "ports/phone.h"
#include "ports/scan.h"
#include "ports/store.h"
#include "ports/unpack.h"
#include "troubleshoot/knowledge/knowledge.h"
#include "troubleshoot/learn/fit.h"

namespace bk::app {

struct BandWorld;
struct ServedBand;
struct ServedPhone;
struct ServedPage;
struct ServeWishes;
struct SimulatedBand;
class SimulatedBandHome;
class SimulatedHome;
struct SimulatedPhone;
struct SimulatedWorld;

struct World {
  ports::Files* files = nullptr;
  ports::Unpack* unpack = nullptr;
  const ports::PatternCompiler* patterns = nullptr;
  const troubleshoot::Knowledge* embedded_knowledge = nullptr;
  // A folder of TOML; kInvalid lists every mistake, one a line.
  std::function<Result<troubleshoot::Knowledge>(const std::string& folder)> load_knowledge;
  // The folder's knowledge with these numbers in it, written to `into` (may be the same folder);
  // comments and layout stay. Gives the number of files that differ from those in `folder`.
  std::function<Result<std::size_t>(const std::string& folder, const std::string& into,
                                    std::span<const troubleshoot::Change> changes)>
      write_numbers;
  // Adds a line to a small text file, which is made, with its folders and for its owner alone,
  // where it is missing.
  std::function<Status(const std::string& path, std::string_view line)> append_line;
  std::string own_cases;  // path of the owner's closed cases; empty: there is no home folder
  // A whole small text file, - for standard input; at most `bytes_max`.
  std::function<Result<std::string>(const std::string& path, std::size_t bytes_max)> read_text;
  std::string language;  // what the environment asks for: "pt_BR.UTF-8"; empty: nothing
  // Who can be asked. `input_taken`: standard input is evidence.
  std::function<Result<std::unique_ptr<ports::Person>>(bool input_taken)> person;
  ports::Phones* phones = nullptr;  // on the cable; null: this home has none
  ports::Store* store = nullptr;    // where answers are kept between runs; null: nowhere
  // Serves a simulated phone to adb on this computer until the person ends it; `served` hears once
  // where it is.
  std::function<Status(const SimulatedPhone& wanted,
                       const std::function<void(const ServedPhone&)>& served)>
      serve_phone;
  // Carries a simulated band on one of this computer's Bluetooth adapters until the person ends it;
  // `say` hears what it is and what happens to it, in lines.
  std::function<Status(const ServedBand& wanted, const std::function<void(std::string_view)>& say)>
      serve_band;
  // Lets a simulated phone, air and band live as one world and writes what they leave; gives a
  // sentence of it.
  std::function<Result<std::string>(const SimulatedWorld& wanted)> write_world;
  // Serves the page until the person ends it; `served` hears once where it is. Returns at once
  // where another process serves it already.
  std::function<Status(const ServeWishes& wishes,
                       const std::function<void(const ServedPage&)>& served)>
      serve_page;
  // A simulated phone in this process. `anew`: as wanted; else the one that an earlier run kept,
  // and only where there is none as wanted.
  std::function<Result<std::unique_ptr<SimulatedHome>>(const SimulatedPhone& wanted, bool anew)>
      simulate;
  // What a repair needs. A clock hears Ctrl-C while it lives: one is made for each use case.
  std::function<std::unique_ptr<ports::Clock>()> clock;
  // kRefused while another process writes to it.
  std::function<Result<std::unique_ptr<ports::Journal>>(bool to_write)> journal;
  const BandWorld* band = nullptr;  // this computer's own Bluetooth; null: none was joined
  // A simulated band in this process, as `simulate` does it with a phone.
  std::function<Result<std::unique_ptr<SimulatedBandHome>>(const SimulatedBand& wanted, bool anew)>
      simulate_band;
  ports::SetGuard set_guard;  // empty: nobody outlives us here
  // A message on the person's desktop, where there is one; never waited for.
  std::function<void(std::string_view title, std::string_view text)> notify;
  // Writes or removes the systemd user unit that runs `watch`, and gives its path. kRefused: one
  // stands there that is not ours.
  std::function<Result<std::string>(bool install)> own_unit;
  // Standard output is read by the system's journal: it dates lines by itself and wants the
  // priority in front ("<4>").
  bool journal_lines = false;
  // A text for standard output now, of a verb that lasts.
  std::function<void(std::string_view)> say;
  // Long work says what it is at; empty when nobody watches.
  std::function<void(std::string_view)> progress;
};

}  // namespace bk::app
