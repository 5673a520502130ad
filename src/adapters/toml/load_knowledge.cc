#include "adapters/toml/load_knowledge.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <system_error>

#include "adapters/toml/load_model.h"
#include "adapters/toml/load_words.h"
#include "adapters/toml/table_reader.h"

namespace bk::adapters::toml {
namespace {

namespace ts = troubleshoot;
using evidence::SourceKind;

constexpr std::size_t kFileBytesMax = 1024 * 1024;  // the largest real one has 60 KiB
constexpr std::size_t kFilesMax = 2000;

class Loader {
 public:
  explicit Loader(Loaded& out) : out_(out), knowledge_(out.knowledge) {}

  void File(const KnowledgeFile& file) {
    if (file.text.size() > kFileBytesMax) {
      out_.problems.push_back(
          {file.path, 0, "", fmt::format("is larger than {} bytes", kFileBytesMax)});
      return;
    }
    ::toml::table table;
    try {
      table = ::toml::parse(std::string_view(file.text), std::string_view(file.path));
    } catch (const ::toml::parse_error& error) {
      out_.problems.push_back({file.path, error.source().begin.line, "",
                               "is not TOML: " + std::string(error.description())});
      return;
    }
    TableReader reader(table, file.path, "", out_.problems);
    const auto slash = file.path.find('/');
    const std::string folder = slash == std::string::npos ? "" : file.path.substr(0, slash);
    if (file.path == "model.toml") {
      model_seen_ = true;
      LoadModel(reader, [&](TableReader& r) { return Id(r, "cluster", false); }, knowledge_);
    } else if (file.path == "layers.toml") {
      reader.Tables("layer", [&](TableReader& r) { Layer(r); });
    } else if (file.path == "guide_order.toml") {
      reader.Tables("passage", [&](TableReader& r) { Passage(r); });
    } else if (file.path == "choices.toml") {
      reader.Tables("choice", [&](TableReader& r) { Choice(r); });
    } else if (folder == "findings") {
      reader.Tables("finding", [&](TableReader& r) { Finding(r); });
    } else if (folder == "causes") {
      Cause(reader);
    } else if (folder == "fixes") {
      Fix(reader);
    } else if (folder == "apps") {
      App(reader);
    } else if (folder == "words") {
      LoadWords(reader, knowledge_);
    } else {
      out_.problems.push_back({file.path, 0, "", "is not a file of knowledge/README.md"});
      return;
    }
    reader.NoteUnknownKeys();
  }

  void NoteMissingFiles() {
    if (!model_seen_) out_.problems.push_back({"model.toml", 0, "", "is missing"});
    if (knowledge_.layers.empty())
      out_.problems.push_back({"layers.toml", 0, "", "is missing, or has no [[layer]]"});
    if (knowledge_.findings.empty())
      out_.problems.push_back({"findings", 0, "", "is missing, or has no [[finding]]"});
    if (knowledge_.causes.empty())
      out_.problems.push_back({"causes", 0, "", "is missing, or has no file"});
    for (const language::Language& one : knowledge_.languages)
      if (one.name.empty())
        out_.problems.push_back({fmt::format("words/{}/language.toml", one.code), 0, "",
                                 "is missing: every language says its name and plurals there"});
  }

 private:
  // The id of a thing: well-formed, not there yet, and the file's name where a file is one thing.
  std::string Id(TableReader& r, std::string_view kind, bool is_file_name) {
    std::string id = r.Text("id", Need::kRequired);
    if (id.empty()) return id;
    const auto allowed = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    if (!std::ranges::all_of(id, allowed) || id.size() > 80)
      r.Note("id", "must be made of a-z, 0-9 and _");
    if (!ids_[std::string(kind)].insert(id).second)
      r.Note("id", fmt::format("the {} \"{}\" is there already", kind, id));
    if (is_file_name) {
      std::string stem = r.file().substr(r.file().find('/') + 1);
      if (stem.ends_with(".toml")) stem.resize(stem.size() - 5);
      if (stem != id) r.Note("id", fmt::format("must be the file's name, \"{}\"", stem));
    }
    return id;
  }

  // "elicited" and "elicited_from", or with a prefix: "leak_elicited".
  static std::optional<ts::Elicited> Elicited(TableReader& r, const std::string& key, double low,
                                              double high) {
    const auto number = r.OptionalNumber(key, low, high);
    std::string from = r.Text(key + "_from", number ? Need::kRequired : Need::kOptional);
    if (!number) return std::nullopt;
    return ts::Elicited{*number, std::move(from)};
  }

  // "location_off", "!location_off"
  static std::vector<ts::Condition> Conditions(const std::vector<std::string>& texts) {
    std::vector<ts::Condition> conditions;
    for (const std::string& text : texts) {
      const bool negated = text.starts_with('!');
      conditions.push_back({negated ? text.substr(1) : text, !negated});
    }
    return conditions;
  }

  void Remember(const std::string& thing, const TableReader& r) {
    toml::Remember(knowledge_, thing, r);
  }

  void Layer(TableReader& r) {
    ts::Layer layer;
    layer.id = Id(r, "layer", false);
    layer.title = r.Text("title", Need::kRequired);
    layer.within = r.Text("within", Need::kRequired);
    layer.ok_text = r.Text("ok", Need::kRequired);
    layer.trouble_text = r.Text("trouble", Need::kRequired);
    layer.unknown_text = r.Text("unknown", Need::kRequired);
    for (const auto& list : r.TextLists("ok_when")) layer.ok_when.push_back(Conditions(list));
    Remember(ts::PlaceKey("layer", layer.id), r);
    knowledge_.layers.push_back(std::move(layer));
  }

  void Passage(TableReader& r) {
    ts::GuidePassage passage;
    passage.id = Id(r, "passage", false);
    passage.title = r.Text("title", Need::kRequired);
    passage.when = r.Texts("when", Need::kOptional);
    passage.symptom = r.Flag("symptom", false);
    passage.layer = r.Text("layer", Need::kOptional);
    passage.suspects = r.Texts("suspects", Need::kOptional);
    passage.fixes = r.Texts("fixes", Need::kRequired);
    Remember(ts::PlaceKey("passage", passage.id), r);
    knowledge_.guide.push_back(std::move(passage));
  }

  void Finding(TableReader& r) {
    ts::FindingKind finding;
    finding.id = Id(r, "finding", false);
    finding.statement = r.Text("statement", Need::kRequired);
    finding.question = r.Text("question", Need::kOptional);
    finding.why = r.Text("why", Need::kOptional);
    finding.leak = r.Number("leak", 0, 1, Need::kRequired, finding.leak);
    finding.leak_from = r.Text("leak_from", Need::kRequired);
    finding.leak_elicited = Elicited(r, "leak_elicited", 0, 1);
    finding.when_healthy = r.OptionalNumber("when_healthy", 0, 1);
    finding.minutes = r.Number("minutes", 0, kMinutesMax,
                               finding.question.empty() ? Need::kOptional : Need::kRequired, 0);
    finding.cluster = r.Text("cluster", Need::kOptional);
    finding.readers = r.Texts("readers", Need::kOptional);
    finding.presumes = r.Texts("presumes", Need::kOptional);
    finding.excludes = r.Texts("excludes", Need::kOptional);
    finding.moot_when = Conditions(r.Texts("moot_when", Need::kOptional));
    finding.opposite = r.Text("opposite", Need::kOptional);
    finding.group = r.Text("group", Need::kOptional);
    const std::string about = r.Text("about", Need::kOptional);
    if (!about.empty() && about != "band" && about != "phone")
      r.Note("about", "must be \"band\" or \"phone\"");
    finding.about_band = about != "phone";
    const std::string from = r.Text("trust_from", Need::kOptional);
    r.Table("trust", Need::kOptional, [&](TableReader& trust) {
      for (const SourceKind source : evidence::kSourceKinds)
        if (const auto right = trust.OptionalNumber(evidence::SourceName(source), 0.5, 1))
          finding.trust.push_back({source, *right, from});
    });
    Remember(ts::PlaceKey("finding", finding.id), r);
    knowledge_.findings.push_back(std::move(finding));
  }

  void Cause(TableReader& r) {
    ts::Cause cause;
    cause.id = Id(r, "cause", true);
    cause.layer = r.Text("layer", Need::kRequired);
    cause.title = r.Text("title", Need::kRequired);
    cause.explain = r.Text("explain", Need::kRequired);
    cause.prior = r.Number("prior", 1e-6, 1e6, Need::kRequired, cause.prior);
    cause.prior_from = r.Text("prior_from", Need::kRequired);
    cause.prior_elicited = Elicited(r, "prior_elicited", 1e-6, 1e6);
    cause.curable = r.Flag("curable", true);
    cause.instead = r.Text("instead", cause.curable ? Need::kOptional : Need::kRequired);
    r.Tables("effect", [&](TableReader& e) {
      ts::Effect effect;
      effect.finding = e.Text("finding", Need::kRequired);
      effect.chance = e.Number("chance", 0, 1, Need::kRequired, effect.chance);
      effect.from = e.Text("from", Need::kRequired);
      effect.elicited = Elicited(e, "elicited", 0, 1);
      if (std::ranges::find(cause.effects, effect.finding, &ts::Effect::finding) !=
          cause.effects.end())
        e.Note("finding", fmt::format("the effect on \"{}\" is there already", effect.finding));
      Remember(ts::PlaceKey("cause", cause.id, fmt::format("effect[{}]", effect.finding)), e);
      cause.effects.push_back(std::move(effect));
    });
    r.Tables("fix", [&](TableReader& f) {
      ts::Treatment treatment;
      treatment.fix = f.Text("id", Need::kRequired);
      treatment.chance = f.Number("chance", 0, 1, Need::kRequired, treatment.chance);
      treatment.from = f.Text("from", Need::kRequired);
      treatment.elicited = Elicited(f, "elicited", 0, 1);
      if (std::ranges::find(cause.fixes, treatment.fix, &ts::Treatment::fix) != cause.fixes.end())
        f.Note("id", fmt::format("the fix \"{}\" is there already", treatment.fix));
      Remember(ts::PlaceKey("cause", cause.id, fmt::format("fix[{}]", treatment.fix)), f);
      cause.fixes.push_back(std::move(treatment));
    });
    Remember(ts::PlaceKey("cause", cause.id), r);
    knowledge_.causes.push_back(std::move(cause));
  }

  void Fix(TableReader& r) {
    ts::Fix fix;
    fix.id = Id(r, "fix", true);
    fix.title = r.Text("title", Need::kRequired);
    fix.title_if_unsure = r.Text("title_if_unsure", Need::kOptional);
    fix.minutes = r.Number("minutes", 0.01, kMinutesMax, Need::kRequired, fix.minutes);
    fix.hands_on = r.Number("hands_on", 0, kMinutesMax, Need::kRequired, fix.hands_on);
    fix.test_minutes = r.Number("test_minutes", 0, kMinutesMax, Need::kOptional, 0);
    fix.cluster = r.Text("cluster", Need::kOptional);
    fix.loss = ReadLossClass(r, "loss");
    fix.loss_text =
        r.Text("loss_text", fix.loss == ts::LossClass::kNone ? Need::kOptional : Need::kRequired);
    fix.loses_more_than = r.Texts("loses_more_than", Need::kOptional);
    const std::string by = r.Text("by", Need::kRequired);
    if (by != "tool" && by != "person") r.Note("by", "must be tool or person");
    fix.by = by == "tool" ? ts::Actor::kTool : ts::Actor::kPerson;
    fix.requires_true = r.Texts("requires_true", Need::kOptional);
    fix.requires_false = r.Texts("requires_false", Need::kOptional);
    fix.tried_as = r.Texts("tried_as", Need::kOptional);
    fix.worth_beside = r.Texts("worth_beside", Need::kOptional);
    fix.check = r.Text("check", Need::kRequired);
    fix.undo = r.Text("undo", Need::kRequired);
    fix.from = r.Text("from", Need::kRequired);
    r.Tables("words", [&](TableReader& w) {
      ts::Words words;
      words.android_min = w.Integer("android_min", 0, 99, Need::kOptional);
      words.android_max = w.Integer("android_max", 0, 99, Need::kOptional);
      words.maker = w.Text("maker", Need::kOptional);
      words.steps = w.Texts("steps", Need::kRequired);
      if (words.android_max != 0 && words.android_max < words.android_min)
        w.Note("android_max", "is below android_min");
      fix.words.push_back(std::move(words));
      Remember(ts::PlaceKey("fix", fix.id, fmt::format("words[{}]", fix.words.size())), w);
    });
    Remember(ts::PlaceKey("fix", fix.id), r);
    knowledge_.fixes.push_back(std::move(fix));
  }

  void App(TableReader& r) {
    evidence::CompanionApp app;
    app.id = Id(r, "app", true);
    app.title = r.Text("title", Need::kRequired);
    app.packages = r.Texts("packages", Need::kRequired);
    app.speaks_to_band4 = r.Flag("speaks_to_band4", app.speaks_to_band4);
    app.from_maker = r.Flag("from_maker", app.from_maker);
    app.needs_account = r.Flag("needs_account", app.needs_account);
    app.permissions = r.Texts("permissions", Need::kOptional);
    app.needs_notification_access =
        r.Flag("needs_notification_access", app.needs_notification_access);
    app.needs_background = r.Flag("needs_background", app.needs_background);
    app.notification_listener = r.Text("notification_listener", Need::kOptional);
    app.log_tags = r.Texts("log_tags", Need::kOptional);
    r.Text("from", Need::kOptional);
    Remember(ts::PlaceKey("app", app.id), r);
    knowledge_.apps.push_back(std::move(app));
  }

  void Choice(TableReader& r) {
    ts::ChoiceQuestion choice;
    choice.id = Id(r, "choice", false);
    choice.question = r.Text("question", Need::kRequired);
    choice.why = r.Text("why", Need::kRequired);
    choice.minutes = r.Number("minutes", 0, kMinutesMax, Need::kRequired);
    choice.none_words = r.Text("none_words", Need::kRequired);
    choice.none_sets = Conditions(r.Texts("none_sets", Need::kOptional));
    choice.from = r.Text("from", Need::kRequired);
    r.Tables("option", [&](TableReader& o) {
      choice.options.push_back({o.Text("id", Need::kRequired), o.Text("words", Need::kRequired),
                                Conditions(o.Texts("sets", Need::kRequired))});
      Remember(
          ts::PlaceKey("choice", choice.id, fmt::format("option[{}]", choice.options.back().id)),
          o);
    });
    Remember(ts::PlaceKey("choice", choice.id), r);
    knowledge_.choices.push_back(std::move(choice));
  }

  Loaded& out_;
  ts::Knowledge& knowledge_;
  std::map<std::string, std::set<std::string>> ids_;
  bool model_seen_ = false;
};

}  // namespace

std::string Format(const LoadProblem& problem) {
  std::string text = problem.file;
  if (problem.line != 0) text += fmt::format(":{}", problem.line);
  if (!problem.key.empty()) text += ": " + problem.key;
  return text + ": " + problem.text;
}

Loaded ParseKnowledge(std::vector<KnowledgeFile> files) {
  Loaded loaded;
  std::ranges::stable_sort(files, {}, &KnowledgeFile::path);
  if (files.size() > kFilesMax) {
    loaded.problems.push_back({"", 0, "", fmt::format("more than {} files", kFilesMax)});
    return loaded;
  }
  Loader loader(loaded);
  for (const KnowledgeFile& file : files) loader.File(file);
  loader.NoteMissingFiles();
  std::ranges::stable_sort(loaded.problems, [](const LoadProblem& a, const LoadProblem& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  return loaded;
}

Result<std::vector<KnowledgeFile>> ReadKnowledgeFiles(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return Fail(ErrorCode::kNotFound, fmt::format("{} is not a folder", folder.string()));
  std::vector<KnowledgeFile> files;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it.depth() > 2) it.disable_recursion_pending();
    if (!it->is_regular_file(error) || it->path().extension() != ".toml") continue;
    if (files.size() == kFilesMax)
      return Fail(ErrorCode::kTooLarge,
                  fmt::format("{} holds more than {} files", folder.string(), kFilesMax));
    std::ifstream in(it->path(), std::ios::binary);
    std::string text(kFileBytesMax + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!in.is_open() || in.bad())
      return Fail(ErrorCode::kNotReadable, it->path().string() + " cannot be read");
    text.resize(static_cast<std::size_t>(in.gcount()));
    files.push_back({it->path().lexically_relative(folder).generic_string(), std::move(text)});
  }
  if (error)
    return Fail(ErrorCode::kNotReadable,
                fmt::format("{} cannot be read: {}", folder.string(), error.message()));
  std::ranges::sort(files, {}, &KnowledgeFile::path);
  return files;
}

Result<ts::Knowledge> LoadKnowledge(const std::filesystem::path& folder) {
  BK_TRY(auto files, ReadKnowledgeFiles(folder));
  Loaded loaded = ParseKnowledge(std::move(files));
  if (loaded.problems.empty()) return std::move(loaded.knowledge);
  std::string text;
  for (const LoadProblem& problem : loaded.problems)
    text += (text.empty() ? "" : "\n") + Format(problem);
  return Fail(ErrorCode::kInvalid, std::move(text));
}

}  // namespace bk::adapters::toml
