#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <sstream>

#include "cli/band/declare.h"
#include "cli/declare_simulate.h"

namespace bk::cli {
namespace {

constexpr std::string_view kExamples =
    "Examples:\n"
    "  bandkeeper                                        what is wrong, by the phone on the cable\n"
    "  bandkeeper doctor bugreport.zip btsnoop_hci.log   what is wrong, from a report and a "
    "capture\n"
    "  bandkeeper doctor --ask                           no files: a few questions, one key each\n"
    "  bandkeeper fix                                    mend the phone on the cable; undo takes "
    "it "
    "back\n"
    "  bandkeeper doctor --findings answers.json         from answers: {\"findings\": "
    "{\"location_off\": true}}\n"
    "  bandkeeper doctor --json bugreport.zip            the same as one JSON document\n"
    "  bandkeeper doctor --everyday                      the phone on the cable: its everyday "
    "settings\n"
    "  bandkeeper read btsnoop_hci.log                   the story of every link in it\n"
    "  bandkeeper pair, then bandkeeper sync             this computer as the band's companion\n"
    "  bandkeeper knowledge check knowledge/             whether edited knowledge is sound\n"
    "\n"
    "Exit status: 0 healthy or done, 1 trouble found, 2 wrong usage, 3 could not check, 4 "
    "stopped, 5 internal error.\n"
    "Nothing leaves this machine; addresses, keys and account names are never shown.";

constexpr std::string_view kDoctorExamples =
    "Examples:\n"
    "  bandkeeper doctor --phone                   asks the phone on the cable (USB debugging on)\n"
    "  bandkeeper doctor --phone --deep            and reads a bug report that it writes now\n"
    "  bandkeeper doctor --ask                     no cable and no files: a few questions\n"
    "  bandkeeper doctor --probe --phones-off      asks the band itself: is it the band or the "
    "phone?\n"
    "  bandkeeper doctor --serial 192.168.1.7:37123   wireless debugging, at the address that the "
    "phone shows\n"
    "  bandkeeper doctor --simulated --fault bluetooth_off --maker xiaomi   a phone that does not "
    "exist\n"
    "  bandkeeper doctor --ask bugreport.zip       asks only what the report leaves open\n"
    "  printf 'd\\ny\\nq\\n' | bandkeeper doctor --ask   the keys as lines, for scripts\n"
    "\n"
    "Wireless debugging (Android 11 and later): a computer that the phone does not know is paired "
    "by "
    "adb first:\n"
    "Developer options > Wireless debugging > Pair device with pairing code, then `adb pair "
    "HOST:PORT` "
    "with that\n"
    "code (adb 30 or later; Debian 12's is older: take Google's platform-tools).\n"
    "\n"
    "Keys of --ask: y yes, n no, 1-9 one of several, d don't know, b back, w why, q stop.\n"
    "Answers are kept after each key ($XDG_STATE_HOME/bandkeeper/interview.json), so that Ctrl-C "
    "or "
    "a closed\n"
    "terminal loses nothing: the next `doctor --ask` with the same files offers to go on.";

struct Declared {
  std::unique_ptr<CLI::App> app;
  CLI::App* doctor = nullptr;
  CLI::App* read = nullptr;
  CLI::App* fix = nullptr;
  CLI::App* undo = nullptr;
  CLI::App* watch = nullptr;
  CLI::App* check = nullptr;
  CLI::App* fit = nullptr;
  CLI::App* evaluate = nullptr;
  CLI::App* remember = nullptr;
  CLI::App* words = nullptr;
  CLI::App* completion = nullptr;
  CLI::App* serve = nullptr;
  DeclaredVerbs band, simulate;
};

void DeclareLearning(Declared& made, CLI::App& knowledge, Options& options) {
  const auto common = [&](CLI::App& verb) {
    verb.add_option("CASES", options.cases, "files of closed cases, or folders with a cases.jsonl");
    verb.add_flag("--mine", options.mine, "your own remembered cases too");
    verb.add_option("--knowledge", options.knowledge_dir,
                    "use this folder instead of the built-in knowledge");
    verb.add_flag("--json", options.json, "one JSON document on standard output");
  };
  made.fit = knowledge.add_subcommand(
      "fit", "estimate the numbers from closed cases; writes nothing unless told to");
  common(*made.fit);
  auto* write =
      made.fit->add_option("--write", options.write_dir,
                           "write the whole knowledge with the new numbers to this folder");
  made.fit->add_flag("--in-place", options.in_place, "write the new numbers into --knowledge DIR")
      ->excludes(write);
  made.fit->add_flag("-v,--verbose", options.verbose, "every change");

  made.evaluate = knowledge.add_subcommand(
      "evaluate", "how well the knowledge does on closed cases, cross-validated, beside the guide");
  common(*made.evaluate);
  made.evaluate->add_option("--folds", options.folds, "parts of the cross-validation")
      ->check(CLI::Range(2, 1000))
      ->capture_default_str();

  made.evaluate->add_flag("-v,--verbose", options.verbose,
                          "also with what the phones would have shown");

  made.remember = knowledge.add_subcommand(
      "remember", "keep a solved case of your own, on this machine, to learn from");
  made.remember->add_option("--cause", options.cause, "what it was: the id of a cause")->required();
  made.remember->add_option("--fix", options.fix, "what ended it: the id of a fix");
  made.remember
      ->add_option("--findings", options.findings_file,
                   "what was found: {\"findings\": {...}}, or a report of doctor --json")
      ->required();
}

void DeclareReading(CLI::App& verb, Options& options) {
  verb.add_option(
      "FILE", options.files,
      "bug reports, dumps, logs and captures of one case, in any mix; - is standard input");
  verb.add_flag("--json", options.json, "one JSON document on standard output, and nothing else");
  verb.add_flag("-v,--verbose", options.verbose, "everything that was found, lost and considered");
  verb.add_flag("--show-addresses", options.show_addresses,
                "Bluetooth addresses in full instead of <device-N>");
}

constexpr std::string_view kFixExamples =
    "Examples:\n"
    "  bandkeeper fix                 step by step; asks before anything that matters\n"
    "  bandkeeper fix --dry-run       the exact commands and what each would change; touches "
    "nothing\n"
    "  bandkeeper fix --yes </dev/null   what loses nothing and can be undone, without a question\n"
    "  bandkeeper undo                takes the last repair back\n"
    "  bandkeeper fix --simulated --fault phone_bluetooth_stack_bug   a phone that does not exist; "
    "then: undo --simulated\n"
    "\n"
    "What interrupts something (Bluetooth off, a restart) is asked for each time; what can lose "
    "something\n"
    "needs a word that is typed. Each change is written down before it is made\n"
    "($XDG_STATE_HOME/bandkeeper/repairs.journal); after a crash the next `fix` offers to roll "
    "back.";

void DeclareRepair(Declared& made, Options& options) {
  CLI::App& app = *made.app;
  const auto phone = [&](CLI::App& verb) {
    verb.add_option("--serial", options.serial,
                    "which phone; default: ANDROID_SERIAL, else the only one");
    verb.add_flag("--json", options.json, "one JSON document on standard output, and nothing else");
  };
  const auto band = [&](CLI::App& verb) {
    verb.add_option("--band", options.band, "which device is the band: name or address");
    verb.add_flag("--show-addresses", options.show_addresses,
                  "Bluetooth addresses in full instead of <device-N>");
  };
  const auto which_app = [&](CLI::App& verb) {
    verb.add_option("--app", options.app,
                    "the band's app, where several are there (zepp_life, a package); default: the "
                    "one that holds the link, else found out");
  };
  const auto language = [&](CLI::App& verb) {
    verb.add_option("--knowledge", options.knowledge_dir,
                    "use this folder instead of the built-in knowledge");
    verb.add_option("--lang", options.lang,
                    "language; default: that of the environment (LANG), where there is one, else "
                    "en");
  };
  made.fix = app.add_subcommand("fix", "mend the phone on the cable, step by step, with proof");
  phone(*made.fix);
  band(*made.fix);
  which_app(*made.fix);
  made.fix->add_flag("--dry-run", options.dry_run,
                     "print what would be done, with the exact commands; touches nothing");
  made.fix->add_flag("-y,--yes", options.yes,
                     "agree to what loses nothing and can be undone, and to nothing else");
  language(*made.fix);
  made.fix->footer(std::string(kFixExamples));
  DeclareSimulated(*made.fix, options);

  made.undo = app.add_subcommand("undo", "put back what repairs have changed on the phone");
  phone(*made.undo);
  auto* list =
      made.undo->add_flag("--list", options.list, "the past repairs and what they changed");
  auto* all = made.undo->add_flag("--all", options.all, "every repair of this phone, latest first");
  made.undo->add_flag("-y,--yes", options.yes, "ask nothing: what was changed since stays");
  made.undo
      ->add_option("NUMBER", options.numbers, "of --list; default: the last one that still stands")
      ->check(CLI::Range(1, 1'000'000))
      ->excludes(all)
      ->excludes(list);
  language(*made.undo);
  DeclareSimulated(*made.undo, options);

  made.watch = app.add_subcommand(
      "watch",
      "keep the band connected to this computer and synced; with --phone: look for hours whether "
      "the phone's link holds and its syncs run");
  phone(*made.watch);
  band(*made.watch);
  which_app(*made.watch);
  made.watch->add_flag("--phone", options.phone, "by the phone on the cable");
  made.watch
      ->add_option("--hours", options.hours,
                   "how long; Ctrl-C ends it with what was seen. Default: with --phone 1, else "
                   "without an end")
      ->check(CLI::Range(0.001, 100'000.0));
  language(*made.watch);
  DeclareSimulated(*made.watch, options);
  DeclareWatchBand(*made.watch, options);
}

constexpr std::string_view kServeExamples =
    "The page shows everything that the command line can do, to this computer's owner alone: it "
    "listens on\n"
    "127.0.0.1, and only who has the printed address may ask. Ctrl-C ends it; what was changed for "
    "a moment is\n"
    "put back first. A second `serve` prints the address of the first.";

void DeclareServing(Declared& made, Options& options) {
  made.serve = made.app->add_subcommand("serve", "all of it as a page in the browser");
  made.serve->add_option("--port", options.page_port,
                         "where to listen on 127.0.0.1; default: as the last time");
  made.serve->add_flag("--open", options.open, "open it in the browser, where there is a desktop");
  made.serve->add_option("--serial", options.serial)->group("");
  DeclareSimulated(*made.serve, options);
  made.serve->footer(std::string(kServeExamples));
}

Declared Declare(Options& options) {
  Declared made{std::make_unique<CLI::App>(
      "Finds out why a Mi Smart Band 4 will not connect or sync, with the proof.", "bandkeeper")};
  CLI::App& app = *made.app;
  app.set_version_flag("--version", "bandkeeper " BK_VERSION);
  app.footer(std::string(kExamples));
  app.require_subcommand(1);

  made.doctor = app.add_subcommand("doctor", "diagnose: what is wrong, why, and what to do next");
  DeclareReading(*made.doctor, options);
  made.doctor->add_option("--findings", options.findings_file,
                          "answers in a JSON file: {\"findings\": {\"band_in_scan\": false}}");
  made.doctor->add_option("--band", options.band, "which device is the band: name or address");
  made.doctor->add_flag(
      "--phone", options.phone,
      "the phone on the cable (what `bandkeeper` alone does); alone or beside FILE and --ask");
  made.doctor->add_option("--serial", options.serial,
                          "which phone: as `adb devices` lists it, or HOST:PORT of wireless "
                          "debugging; default: ANDROID_SERIAL, else the only one");
  made.doctor->add_flag("--deep", options.deep,
                        "make the phone write a whole bug report and read that too: minutes");
  made.doctor->add_flag("--patient", options.patient,
                        "wait long for what the phone says nothing to, instead of a second or two");
  auto* ask = made.doctor->add_flag("--ask", options.ask,
                                    "answer the questions that are worth most, one key each; alone "
                                    "or beside FILE and --findings");
  made.doctor
      ->add_flag("--fresh", options.fresh,
                 "with --ask: start anew, whatever answers an earlier run kept")
      ->needs(ask);
  auto* everyday = made.doctor->add_flag(
      "--everyday", options.everyday,
      "whether the phone on the cable has the settings with which a band stays connected");
  everyday->excludes(ask);
  made.doctor
      ->add_flag("-y,--yes", options.yes,
                 "with --everyday: set what loses nothing and can be undone, without a question")
      ->needs(everyday);
  made.doctor
      ->add_option(
          "--app", options.app,
          "with --everyday: the band's app, where several are there (zepp_life, a package)")
      ->needs(everyday);
  DeclareSimulated(*made.doctor, options);
  made.doctor
      ->add_flag("--or-simulated", options.or_simulated,
                 "the phone on the cable; where there is none, a simulated one, saying so (what "
                 "`./run` alone does)")
      ->excludes("--simulated");
  auto* probe = made.doctor->add_flag(
      "--probe", options.probe,
      "ask the band itself over this computer's Bluetooth: whether it is awake, takes its key and "
      "gives its records. Changes nothing; alone or beside FILE, --phone and --ask");
  made.doctor
      ->add_flag("--phones-off", options.phones_off,
                 "with --probe: Bluetooth is off on every phone that knows the band (a connected "
                 "band is silent, so without this its silence proves nothing)")
      ->needs(probe);
  made.doctor
      ->add_option("--adapter", options.on_band.adapter,
                   "with --probe: which Bluetooth adapter, as hci1")
      ->needs(probe);
  made.doctor
      ->add_option("--firmware", options.on_band.firmware,
                   "with --probe --simulated: what the simulated band runs")
      ->needs(probe)
      ->needs("--simulated");
  made.doctor->footer(std::string(kDoctorExamples));
  made.doctor->add_option("--knowledge", options.knowledge_dir,
                          "use this folder instead of the built-in knowledge");
  made.doctor->add_option("--lang", options.lang,
                          "language of the report; default: that of the environment (LANG), where "
                          "there is one, else en");

  DeclareRepair(made, options);
  DeclareServing(made, options);

  made.read = app.add_subcommand("read", "tell the story and timeline of what files hold");
  DeclareReading(*made.read, options);

  CLI::App* knowledge = app.add_subcommand("knowledge", "look after the knowledge");
  knowledge->require_subcommand(1);
  made.check = knowledge->add_subcommand("check", "find mistakes, contradictions and gaps");
  made.check->add_option("DIR", options.knowledge_dir,
                         "the folder; default: the built-in knowledge");
  made.check->add_flag("--json", options.json, "one JSON document on standard output");

  made.words = knowledge->add_subcommand(
      "words", "print the texts to translate, as a file of knowledge/words/LANG");
  made.words->add_option("LANG", options.lang,
                         "only what this language lacks; default: every text");
  made.words->add_option("--knowledge", options.knowledge_dir,
                         "use this folder instead of the built-in knowledge");

  DeclareLearning(made, *knowledge, options);

  made.simulate = DeclareSimulateVerbs(app, options);
  made.band = DeclareBandVerbs(app, options);

  made.completion = app.add_subcommand("completion", "print a completion script for a shell");
  made.completion->add_option("SHELL", options.shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  return made;
}

// Options of a verb, long form first; positionals are left to the shell's file completion.
std::vector<std::string> FlagsOf(const CLI::App& verb) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : verb.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
    for (const std::string& name : option->get_snames()) flags.push_back("-" + name);
  }
  return flags;
}

}  // namespace

std::variant<Options, Answer> ParseOptions(const std::vector<std::string>& words) {
  Options options;
  Declared declared = Declare(options);
  // `bandkeeper` alone is `bandkeeper doctor`; so is `bandkeeper FILE...`.
  std::vector<std::string> full = words;
  const auto is_verb = [&](const std::string& word) {
    const auto verbs = declared.app->get_subcommands(
        [&](const CLI::App* verb) { return verb->get_name() == word; });
    return !verbs.empty();
  };
  const bool asks_app =
      !full.empty() && (full[0] == "--help" || full[0] == "-h" || full[0] == "--version");
  if (!asks_app && (full.empty() || !is_verb(full[0]))) full.insert(full.begin(), "doctor");
  std::reverse(full.begin(), full.end());  // as CLI11 wants them
  try {
    declared.app->parse(full);
  } catch (const CLI::Success& ask) {  // --help and --version
    std::ostringstream text;
    declared.app->exit(ask, text, text);
    return Answer{text.str(), false};
  } catch (const CLI::ParseError& mistake) {
    return Answer{fmt::format("bandkeeper: {}\nSee `bandkeeper --help`.\n", mistake.what()), true};
  }
  options.phone = options.phone || options.deep || options.patient || !options.serial.empty();
  const bool band_watch = declared.watch->parsed() && !options.phone;
  // A probe that is simulated is of a band, and no phone beside it.
  if (options.probe && options.simulated && options.phone)
    return Answer{
        "bandkeeper: --probe --simulated is about a simulated band: leave the phone away.\n", true};
  options.phone =
      options.phone || (options.simulated && !options.probe && !band_watch) || options.or_simulated;
  if (options.probe)
    for (const char* kind : {"--fault", "--firmware", "--seed"})
      options.on_band.new_band = options.on_band.new_band || declared.doctor->count(kind) > 0;
  for (const CLI::App* verb :
       {declared.doctor, declared.fix, declared.undo, declared.watch, declared.serve})
    for (const char* kind : {"--fault", "--android", "--maker", "--quirk", "--seed"})
      options.new_phone = options.new_phone || verb->count(kind) > 0;
  if (declared.serve->parsed()) options.verb = Verb::kServe;
  if (declared.read->parsed()) options.verb = Verb::kRead;
  if (declared.fix->parsed()) options.verb = Verb::kFix;
  if (declared.undo->parsed()) options.verb = Verb::kUndo;
  if (declared.watch->parsed()) options.verb = Verb::kWatch;
  if (band_watch) {
    options.verb = Verb::kWatchBand;
    options.on_band.hours = declared.watch->count("--hours") > 0 ? options.hours : 0;
    for (const char* kind : {"--fault", "--firmware", "--seed"})
      options.on_band.new_band = options.on_band.new_band || declared.watch->count(kind) > 0;
  }
  if (declared.check->parsed()) options.verb = Verb::kKnowledgeCheck;
  if (declared.fit->parsed()) options.verb = Verb::kKnowledgeFit;
  if (declared.evaluate->parsed()) options.verb = Verb::kKnowledgeEvaluate;
  if (declared.remember->parsed()) options.verb = Verb::kKnowledgeRemember;
  if (declared.words->parsed()) options.verb = Verb::kKnowledgeWords;
  if (declared.completion->parsed()) options.verb = Verb::kCompletion;
  for (const auto& [verb, declaration] : declared.simulate)
    if (declaration->parsed()) options.verb = verb;
  for (const auto& [verb, declaration] : declared.band)
    if (declaration->parsed()) {
      options.verb = verb;
      for (const char* kind : {"--fault", "--firmware", "--seed"})
        options.on_band.new_band = options.on_band.new_band || declaration->count(kind) > 0;
    }
  return options;
}

std::string CompletionScript(std::string_view shell) {
  Options unused;
  const Declared declared = Declare(unused);
  std::string verbs, cases, inner_cases;
  const auto flags_of = [](const CLI::App& verb) {
    std::string words;
    for (const std::string& flag : FlagsOf(verb)) words += flag + " ";
    return words;
  };
  const auto all = [](const CLI::App*) { return true; };
  for (const CLI::App* verb : declared.app->get_subcommands(all)) {
    std::string words;
    for (const CLI::App* inner : verb->get_subcommands(all)) {
      words += inner->get_name() + " ";
      inner_cases +=
          shell == "fish"
              ? fmt::format("complete -c bandkeeper -n '__fish_seen_subcommand_from {}' -a '{}'\n",
                            inner->get_name(), flags_of(*inner))
              : fmt::format("    '{} {}') words='{}' ;;\n", verb->get_name(), inner->get_name(),
                            flags_of(*inner));
    }
    words += flags_of(*verb);
    verbs += verb->get_name() + " ";
    if (shell == "fish") {
      cases += fmt::format(
          "complete -c bandkeeper -n __fish_use_subcommand -a {0} -d '{1}'\n"
          "complete -c bandkeeper -n '__fish_seen_subcommand_from {0}' -a '{2}'\n",
          verb->get_name(), verb->get_description(), words);
    } else {
      cases += fmt::format("    {}) words='{}' ;;\n", verb->get_name(), words);
    }
  }
  if (shell == "fish") return cases + inner_cases;
  if (shell != "bash" && shell != "zsh") return {};
  const std::string function = fmt::format(
      "_bandkeeper() {{\n"
      "  local words='' current=${{COMP_WORDS[COMP_CWORD]}}\n"
      "  case ${{COMP_WORDS[1]}} in\n{}"
      "  esac\n"
      "  if [ \"$COMP_CWORD\" -gt 2 ]; then case \"${{COMP_WORDS[1]}} ${{COMP_WORDS[2]}}\" in\n{}"
      "  esac; fi\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then words='{}'; fi\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\") $(compgen -f -- \"$current\"))\n"
      "}}\n"
      "complete -o filenames -F _bandkeeper bandkeeper\n",
      cases, inner_cases, verbs);
  return shell == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" + function : function;
}

}  // namespace bk::cli
