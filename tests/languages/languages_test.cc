// The whole program in a language that the test makes of its own texts: every letter is another
// one, so that a word of English that is left shows as letters of ASCII.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

const std::string kRoot = BK_SOURCE_DIR;

struct Said {
  int exit = -1;
  std::string out, err;
};

std::string TextOf(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void Write(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// The letter's fullwidth form, U+FF21 to U+FF5A.
std::string OtherLetter(char letter) {
  const int point = 0xff21 + (letter <= 'Z' ? letter - 'A' : letter - 'a' + 0x20);
  return {static_cast<char>(0xe0 | (point >> 12)), static_cast<char>(0x80 | ((point >> 6) & 0x3f)),
          static_cast<char>(0x80 | (point & 0x3f))};
}

// Every letter but those of placeholders' names.
std::string Other(std::string_view english) {
  std::string out;
  bool name = false;
  for (std::size_t i = 0; i < english.size(); ++i) {
    const char c = english[i];
    if (c == '{') name = i + 1 < english.size() && std::islower(english[i + 1]) != 0;
    if (c == '}' || c == ':') name = false;
    const bool escape = i > 0 && english[i - 1] == '\\';
    out += !name && !escape && std::isalpha(static_cast<unsigned char>(c)) != 0 ? OtherLetter(c)
                                                                                : std::string(1, c);
  }
  return out;
}

// A file of knowledge/words/LANG with each text in other letters: the values alone, which stand in
// double quotes.
std::string OtherWords(const std::string& english) {
  std::string out, text;
  bool quoted = false;
  for (std::size_t i = 0; i < english.size(); ++i) {
    const bool quote = english[i] == '"' && (i == 0 || english[i - 1] != '\\');
    if (quote && quoted) out += Other(text);
    if (quote) {
      quoted = !quoted;
      text.clear();
    }
    if (quote || !quoted)
      out += english[i];
    else
      text += english[i];
  }
  return out;
}

constexpr std::string_view kLanguage = "name = \"Test\"\nplurals = \"one\"\nlower_within = false\n";

class LanguagesTest : public testing::Test {
 protected:
  LanguagesTest() {
    std::string name = (fs::temp_directory_path() / "bk_languages_XXXXXX").string();
    work_ = mkdtemp(name.data());
    fs::copy(kRoot + "/knowledge", knowledge(), fs::copy_options::recursive);
    fs::remove_all(knowledge() / "words");  // the languages that are shipped
    setenv("XDG_STATE_HOME", (work_ / "state").c_str(), 1);
    unsetenv("LC_ALL");
    unsetenv("LC_MESSAGES");
    setenv("LANG", "C.UTF-8", 1);
  }
  ~LanguagesTest() override { fs::remove_all(work_); }

  [[nodiscard]] fs::path knowledge() const { return work_ / "knowledge"; }
  [[nodiscard]] fs::path words() const { return knowledge() / "words" / "xx"; }

  Said Program(const std::string& arguments, const std::string& input = "") const {
    Write(work_ / "input", input);
    const std::string command = std::string(BK_PROGRAM) + " " + arguments + " < " +
                                (work_ / "input").string() + " > " + (work_ / "out").string() +
                                " 2> " + (work_ / "err").string();
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, TextOf(work_ / "out"),
            TextOf(work_ / "err")};
  }
  [[nodiscard]] std::string InKnowledge() const { return " --knowledge " + knowledge().string(); }

  void MakeLanguage() const {
    const Said texts = Program("knowledge words" + InKnowledge());
    ASSERT_EQ(texts.exit, 0) << texts.err;
    Write(words() / "language.toml", kLanguage);
    Write(words() / "all.toml", OtherWords(texts.out));
  }

  fs::path work_;
};

// Ids, options, file names and names that devices gave themselves are the same in every language.
std::vector<std::string> EnglishLeft(std::string text) {
  const auto drop = [&](std::string_view what) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what))
      text.replace(at, what.size(), what.size(), ' ');
  };
  for (const char* same : {"Mi Smart Band 4", "<device-1>", "answers.json", "bond_lost_by_band.log",
                           "btsnoop, HCI UART (H4)", "examples/"})
    drop(same);
  std::vector<std::string> left;
  std::string word;
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  for (const char c : text + " ") {
    if (is_word(c)) {
      word += c;
      continue;
    }
    std::size_t letters = 0;
    for (const char w : word) letters += std::isalpha(static_cast<unsigned char>(w)) != 0 ? 1 : 0;
    // A lone letter is a key to press; an id has an underscore.
    if (letters > 1 && word.find('_') == std::string::npos) left.push_back(word);
    word.clear();
  }
  return left;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += word + " ";
  return all;
}

struct Case {
  std::string name, findings;
};

// One for each kind of verdict and of plan.
const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = {
      {"a sure cause", R"({"bluetooth_off": true, "app_cannot_connect": true})"},
      {"two causes at once",
       R"({"encryption_key_missing": true, "bonded_in_android": true, "drops_when_screen_locked":
       true, "app_restricted_in_background": true})"},
      {"a probable cause", R"({"older_app_version_works": true, "sync_fails": true})"},
      {"a layer", R"({"binding_fails": true})"},
      {"cannot tell", R"({"gatt_status_133": true, "worked_earlier_same_day": true})"},
      {"many are possible", R"({"app_cannot_connect": true})"},
      {"nothing separates", R"({"no_such_finding": true, "android_6_or_later": true})"},
      {"not curable", R"({"after_android_update": true, "recent_os_update": true,
       "pairing_prompt_reappears": true, "must_repair_each_time": true})"},
      {"healthy", R"({"sync_completed": true, "connects_ok": true, "auth_succeeded": true,
       "notifications_work": true})"},
      {"absent findings", R"({"bluetooth_off": false, "location_off": false, "sync_fails": true,
       "connects_ok": true, "band_in_scan": true, "no_new_data": true})"},
      {"no band", R"({})"}};
  return cases;
}

TEST_F(LanguagesTest, NoEnglishIsLeftInAReport) {
  MakeLanguage();
  for (const Case& one : Cases()) {
    Write(work_ / "answers.json", "{\"findings\": " + one.findings + "}");
    for (const char* verbose : {"", " -v"}) {
      const Said said = Program("doctor --lang xx" + InKnowledge() + " --findings " +
                                (work_ / "answers.json").string() + verbose);
      EXPECT_FALSE(said.out.empty()) << one.name << ": " << said.err;
      EXPECT_EQ(Joined(EnglishLeft(said.out)), "") << one.name << verbose << "\n" << said.out;
    }
  }
}

// What the readers of a capture tell is English; the finding's own statement stands for it.
TEST_F(LanguagesTest, NoEnglishIsLeftInAReportOfACapture) {
  MakeLanguage();
  const Said said =
      Program("doctor --lang xx" + InKnowledge() + " " + kRoot + "/examples/bond_lost_by_band.log");
  std::string out = said.out;
  if (const std::size_t at = out.find(kRoot); at != std::string::npos) out.erase(at, kRoot.size());
  EXPECT_EQ(said.exit, 1);
  EXPECT_EQ(Joined(EnglishLeft(out)), "") << said.out;
}

TEST_F(LanguagesTest, NoEnglishIsLeftInJson) {
  MakeLanguage();
  Write(work_ / "answers.json", R"({"findings": {"encryption_key_missing": true}})");
  const Said said = Program("doctor --json --lang xx" + InKnowledge() + " --findings " +
                            (work_ / "answers.json").string());
  const auto report = nlohmann::json::parse(said.out, nullptr, false);
  ASSERT_TRUE(report.is_object()) << said.err;
  std::string texts = report["verdict"]["text"].get<std::string>() + " " +
                      report["verdict"]["explain"].get<std::string>();
  for (const auto& layer : report["layers"]) texts += " " + layer["text"].get<std::string>();
  for (const auto& step : report["plan"]["steps"])
    for (const char* key : {"text", "why", "check", "undo", "loss_text"})
      texts += " " + step[key].get<std::string>();
  EXPECT_EQ(Joined(EnglishLeft(texts)), "");
  EXPECT_EQ(report["verdict"]["cause"], "stale_bond");  // ids stay
}

TEST_F(LanguagesTest, NoEnglishIsLeftInAnInterview) {
  MakeLanguage();
  for (const char* keys : {"w\n1\nw\nn\nd\nb\nx\ny\nn\ny\nd\nn\nn\nn\nn\nn\nn\nn\nn\nn\n", "q\n",
                           "n\nn\nd\nd\nd\nd\nd\nd\nd\nd\nd\nd\nd\nd\nd\nd\nd\nd\nd\n"}) {
    const Said said = Program("doctor --ask --lang xx" + InKnowledge(), keys);
    EXPECT_EQ(Joined(EnglishLeft(said.out)), "") << said.out << said.err;
  }
}

// What a phone calls itself and its apps is no word of the program, and a command is one for adb.
std::string WithoutNames(std::string_view text) {
  std::string left;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t first = line.find_first_not_of(' ');
    if (first != std::string_view::npos && line.substr(first).starts_with("adb ")) continue;
    // A place is named as the reader has it: file, member, command.
    const std::size_t open = line.find('['), close = line.rfind(']');
    const bool place = open < close && close != std::string_view::npos;
    left += place ? std::string(line.substr(0, open)) + std::string(line.substr(close + 1))
                  : std::string(line);
    left += "\n";
  }
  for (const std::string_view name :
       {"Google Pixel 7", "Pixel 7", "Google", ", Android 14", "(Android 14)", "Zepp Life",
        "  phone:", "miui", "com.google.android.bluetooth"})
    for (std::size_t at = left.find(name); at != std::string::npos; at = left.find(name))
      left.replace(at, name.size(), " ");
  return left;
}

// A whole repair of a phone that does not exist, from its first question to `undo --list`, whose
// journal stays as it is in every language.
TEST_F(LanguagesTest, NoEnglishIsLeftInARepair) {
  MakeLanguage();
  const std::string spoken = " --simulated --lang xx" + InKnowledge();
  const auto expect_none = [&](const std::string& what, const Said& said) {
    EXPECT_FALSE(said.out.empty()) << what << "\n" << said.err;
    EXPECT_EQ(Joined(EnglishLeft(WithoutNames(said.out))), "") << what << "\n" << said.out;
    EXPECT_EQ(Joined(EnglishLeft(WithoutNames(said.err))), "") << what << "\n" << said.err;
  };
  std::string all_yes;
  for (int i = 0; i < 40; ++i) all_yes += "y\n";
  for (const char* fault :
       {"background_killed", "phone_bluetooth_stack_bug", "battery_saver_active"}) {
    const std::string phone = " --fault " + std::string(fault);
    expect_none(std::string("dry ") + fault, Program("fix --dry-run" + spoken + phone));
    expect_none(std::string("fix ") + fault, Program("fix" + spoken + phone, all_yes));
    const std::string journal =
        TextOf(work_ / "state" / "bandkeeper" / "simulated" / "repairs.journal");
    EXPECT_NE(journal, "");
    EXPECT_EQ(journal.find("%EF"), std::string::npos) << journal;
    expect_none("list", Program("undo --list" + spoken));
    expect_none("undo", Program("undo" + spoken, all_yes));
    expect_none("undo again", Program("undo" + spoken, all_yes));
  }
  expect_none("not wanted",
              Program("fix --fault background_killed" + spoken, "c\nn\nn\nn\nx\nq\n"));
}

TEST_F(LanguagesTest, NoEnglishIsLeftInEverydaySettings) {
  MakeLanguage();
  const std::string spoken = " --simulated --lang xx" + InKnowledge();
  for (const char* verb : {"doctor --everyday --fault battery_saver_active", "doctor --everyday -v",
                           "doctor --everyday --yes", "undo --list", "undo --yes", "doctor --phone",
                           "doctor --phone -v", "watch --phone --hours 0.2"}) {
    const Said said = Program(verb + spoken);
    EXPECT_FALSE(said.out.empty()) << verb << "\n" << said.err;
    EXPECT_EQ(Joined(EnglishLeft(WithoutNames(said.out))), "") << verb << "\n" << said.out;
  }
}

TEST_F(LanguagesTest, TheEnvironmentChoosesWhereThereIsSuchALanguage) {
  MakeLanguage();
  Write(work_ / "answers.json", R"({"findings": {"bluetooth_off": true}})");
  const std::string doctor =
      "doctor" + InKnowledge() + " --findings " + (work_ / "answers.json").string();
  EXPECT_NE(Program(doctor).out.find("Bluetooth"), std::string::npos);
  setenv("LANG", "xx_YY.UTF-8", 1);
  EXPECT_EQ(Program(doctor).out.find("Bluetooth"), std::string::npos);
  EXPECT_NE(Program(doctor + " --lang en").out.find("Bluetooth"), std::string::npos);
  setenv("LC_ALL", "zz_ZZ", 1);  // set, and there is none: English, without a word about it
  const Said english = Program(doctor);
  EXPECT_NE(english.out.find("Bluetooth"), std::string::npos);
  EXPECT_EQ(english.err, "");
  const Said wrong = Program(doctor + " --lang zz");
  EXPECT_EQ(wrong.exit, 2);
  EXPECT_NE(wrong.err.find("en, xx"), std::string::npos) << wrong.err;
}

TEST_F(LanguagesTest, CheckNamesWhatIsMissingAndSuperfluous) {
  MakeLanguage();
  const std::string check = "knowledge check " + knowledge().string();
  const Said whole = Program(check);
  EXPECT_EQ(whole.exit, 0) << whole.out;
  EXPECT_EQ(whole.out.find("words/"), std::string::npos) << whole.out;
  EXPECT_EQ(Program("knowledge words xx" + InKnowledge()).out, "");

  std::string text = TextOf(words() / "all.toml");
  const std::string table = "[cause.airplane_mode]\ntitle = ";
  const std::size_t at = text.find(table);
  ASSERT_NE(at, std::string::npos);
  const std::size_t line = static_cast<std::size_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 2);
  text.replace(at + table.size() - 8, 5, "titel");
  Write(words() / "all.toml", text);
  Write(words() / "more.toml",
        "[message.report]\nno_such_sentence = \"x\"\n[message.verdict2]\nx = [\"a\", \"b\"]\n");
  const Said broken = Program(check);
  EXPECT_EQ(broken.exit, 1);
  for (const std::string& expected :
       {std::string("warning: xx.cause.airplane_mode.title: is missing"),
        "words/xx/all.toml:" + std::to_string(line) +
            ": error: xx.cause.airplane_mode.titel: is superfluous",
        std::string("words/xx/more.toml:2: error: xx.message.report.no_such_sentence: is super")})
    EXPECT_NE(broken.out.find(expected), std::string::npos) << expected << "\n" << broken.out;
  const std::string lacks = Program("knowledge words xx" + InKnowledge()).out;
  EXPECT_EQ(lacks, "[cause.airplane_mode]\ntitle = \"Airplane mode is on\"\n");
}

TEST_F(LanguagesTest, CheckHoldsPlaceholdersAgainstTheEnglishSentence) {
  Write(words() / "language.toml", "name = \"Test\"\nplurals = \"russian\"\n");
  Write(words() / "some.toml",
        "[message.report]\nlosses = \"{count} {count:a|b}\"\nline = \"{flie} {line}\"\n"
        "[message.verdict]\nsure = [\"{where}: {causes}\", \"more\"]\n");
  const Said said = Program("knowledge check " + knowledge().string());
  EXPECT_EQ(said.exit, 1);
  for (const char* expected :
       {"words/xx/some.toml:2: error: xx.message.report.losses: \"count\" has 2 forms; the plural "
        "rule \"russian\" needs 3",
        "words/xx/some.toml:3: error: xx.message.report.line: fills \"flie\"",
        "words/xx/some.toml:3: warning: xx.message.report.line: leaves out \"file\"",
        "words/xx/some.toml:5: error: xx.message.verdict.sure: must be one text, not a list"})
    EXPECT_NE(said.out.find(expected), std::string::npos) << expected << "\n" << said.out;
}

}  // namespace
