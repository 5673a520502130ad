// The words of the command line as values. Parsing decides nothing and touches no file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bk::cli {

enum class Verb {
  kDoctor,
  kRead,
  kFix,
  kUndo,
  kWatch,
  kKnowledgeCheck,
  kKnowledgeFit,
  kKnowledgeEvaluate,
  kKnowledgeRemember,
  kKnowledgeWords,
  kCompletion,
  kSimulatePhone,
  kSimulateBand,
  kSimulateWorld,
  kServe,
  // Over this computer's own Bluetooth (cli/band).
  kPair,
  kInfo,
  kSync,
  kFind,
  kRestart,
  kReset,
  kUpdate,
  kExport,
  kWatchBand
};

// Of `simulate phone`, `simulate band` and `simulate world`.
struct SimulateOptions {
  std::string report;                 // --report FILE
  int android = 14;                   // --android
  std::string maker = "stock";        // --maker
  std::vector<std::string> faults;    // --fault
  std::vector<std::string> quirks;    // --quirk
  std::uint16_t port = 0;             // --port
  std::uint64_t seed = 0;             // --seed
  std::string owner = "accepts";      // --owner
  std::vector<std::string> troubles;  // --trouble
  bool old_adb = false;               // --old-adb
  std::string firmware;               // --firmware
  std::size_t minutes = 1440;         // --minutes
  std::string truth;                  // --truth FILE
  double hours = 2;                   // --hours, of a world
  std::string out;                    // --out DIR, of a world
};

// Of the verbs of the band.
struct OnBandOptions {
  std::string adapter;              // --adapter
  std::string key_file;             // --key-file
  bool keep = false;                // --keep: the band keeps what was fetched
  std::vector<std::string> sha256;  // --sha256, as often as wanted
  std::string format = "csv";       // --format
  int days = 0;                     // --days; 0: all
  int every = 30;                   // --every: minutes between two syncs of `watch`
  int low = 15;                     // --low: percent
  double hours = 0;                 // of `watch` without a phone; 0: without an end
  bool install_unit = false;        // --install-unit
  bool remove_unit = false;         // --remove-unit
  std::string firmware;             // --firmware: of a simulated band
  bool live = false;                // --live: heart rate and steps, as they are measured
  int seconds = 0;                  // --seconds: of --live; 0: until Ctrl-C
  bool new_band = false;            // --fault, --firmware or --seed beside --simulated
};

struct Options {
  Verb verb = Verb::kDoctor;
  SimulateOptions simulate;
  OnBandOptions on_band;
  std::vector<std::string> files;
  std::string findings_file;       // --findings
  std::string band;                // --band NAME|ADDRESS
  std::string knowledge_dir;       // --knowledge DIR, or the folder that `knowledge check` is given
  std::string shell;               // of `completion`
  std::vector<std::string> cases;  // of `knowledge fit` and `evaluate`
  bool mine = false;               // --mine: the owner's remembered cases too
  std::string write_dir;           // --write DIR
  bool in_place = false;           // --in-place: write into knowledge_dir
  int folds = 8;                   // --folds K
  std::string cause, fix;          // of `knowledge remember`
  bool phone = false;              // --phone, --serial or --deep
  bool simulated = false;          // --simulated
  bool new_phone = false;          // with it: --fault, --android, --maker or --seed
  bool or_simulated = false;       // --or-simulated
  std::string serial;              // --serial
  bool deep = false;               // --deep
  bool patient = false;            // --patient
  bool dry_run = false;            // --dry-run
  bool yes = false;                // --yes
  bool list = false;               // --list
  bool all = false;                // --all
  std::vector<std::size_t> numbers;  // of `undo`
  double hours = 1;                  // --hours
  bool ask = false;                  // --ask
  bool probe = false;                // --probe
  bool phones_off = false;           // --phones-off
  bool fresh = false;                // --fresh: kept answers are not taken up
  bool everyday = false;             // --everyday
  std::string app;                   // --app ID|PACKAGE: which app the band belongs to
  bool json = false;
  bool verbose = false;
  bool show_addresses = false;
  std::uint16_t page_port = 0;  // --port of serve
  bool open = false;            // --open
  std::string lang;             // --lang, or the language that `knowledge words` is asked for
};

// What to print and with which status to end instead of running: --help, --version, wrong words.
struct Answer {
  std::string text;
  bool wrong = false;
};

std::variant<Options, Answer> ParseOptions(const std::vector<std::string>& words);

// The completion script for "bash", "zsh" or "fish"; empty for any other shell. Made from the same
// declarations as --help, so it cannot lag behind.
std::string CompletionScript(std::string_view shell);

}  // namespace bk::cli
