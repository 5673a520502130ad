#include "adapters/toml/table_writer.h"

#include <fmt/format.h>

#include <span>
#include <string_view>
#include <vector>

namespace bk::adapters::toml {
namespace {

namespace ts = troubleshoot;

std::string Literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += fmt::format("\\{}", c);
    else if (byte < 0x20 || byte >= 0x7f || c == '?')  // '?': no trigraphs
      out += fmt::format("\\{:03o}", byte);
    else
      out += c;
  }
  return out + "\"";
}

std::string Before(const std::optional<ts::Elicited>& elicited) {
  return elicited ? fmt::format("{{{}, {}}}", elicited->number, Literal(elicited->from))
                  : std::string("{-1, {}}");
}

class Writer {
 public:
  std::string Knowledge(const ts::Knowledge& knowledge);

 private:
  // An array of rows; gives its name, or {} where it would be empty.
  std::string Array(std::string_view type, const std::vector<std::string>& rows) {
    if (rows.empty()) return "{}";
    const std::string name = fmt::format("kRows{}", count_++);
    arrays_ += fmt::format("constexpr {} {}[] = {{\n", type, name);
    for (const std::string& row : rows) arrays_ += "  " + row + ",\n";
    arrays_ += "};\n";
    return name;
  }
  std::string Texts(const std::vector<std::string>& texts) {
    std::vector<std::string> rows;
    for (const std::string& text : texts) rows.push_back(Literal(text));
    return Array("std::string_view", rows);
  }
  std::string Conditions(const std::vector<ts::Condition>& conditions) {
    std::vector<std::string> rows;
    for (const ts::Condition& condition : conditions)
      rows.push_back(fmt::format("{{{}, {}}}", Literal(condition.finding), condition.value));
    return Array("ConditionRow", rows);
  }
  std::string Layer(const ts::Layer& layer) {
    std::vector<std::string> lists;
    for (const auto& conditions : layer.ok_when)
      lists.push_back("{" + Conditions(conditions) + "}");
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}}}", Literal(layer.id), Literal(layer.title),
                       Literal(layer.within), Literal(layer.ok_text), Literal(layer.trouble_text),
                       Literal(layer.unknown_text), Array("ConditionsRow", lists));
  }
  std::string Finding(const ts::FindingKind& f) {
    std::vector<std::string> trust;
    for (const ts::Trust& t : f.trust)
      trust.push_back(fmt::format("{{static_cast<evidence::SourceKind>({}), {}, {}}}",
                                  static_cast<int>(t.source), t.right, Literal(t.from)));
    return fmt::format(
        "{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}}", Literal(f.id),
        Literal(f.statement), Literal(f.question), Literal(f.why), f.leak, Literal(f.leak_from),
        Before(f.leak_elicited), f.when_healthy.value_or(-1), f.minutes, Literal(f.cluster),
        Array("TrustRow", trust), Texts(f.readers), Texts(f.presumes), Texts(f.excludes),
        Conditions(f.moot_when), Literal(f.opposite), Literal(f.group), f.about_band);
  }
  std::string Cause(const ts::Cause& c) {
    std::vector<std::string> effects, fixes;
    for (const ts::Effect& e : c.effects)
      effects.push_back(fmt::format("{{{}, {}, {}, {}}}", Literal(e.finding), e.chance,
                                    Literal(e.from), Before(e.elicited)));
    for (const ts::Treatment& f : c.fixes)
      fixes.push_back(fmt::format("{{{}, {}, {}, {}}}", Literal(f.fix), f.chance, Literal(f.from),
                                  Before(f.elicited)));
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}}", Literal(c.id),
                       Literal(c.layer), Literal(c.title), Literal(c.explain), c.prior,
                       Literal(c.prior_from), Before(c.prior_elicited), Array("ShareRow", effects),
                       Array("ShareRow", fixes), c.curable, Literal(c.instead));
  }
  std::string Fix(const ts::Fix& f) {
    std::vector<std::string> words;
    for (const ts::Words& w : f.words)
      words.push_back(fmt::format("{{{}, {}, {}, {}}}", w.android_min, w.android_max,
                                  Literal(w.maker), Texts(w.steps)));
    return fmt::format(
        "{{{}, {}, {}, {}, {}, {}, {}, static_cast<LossClass>({}), {}, {}, static_cast<Actor>({}), "
        "{}, {}, {}, {}, {}, {}, {}, {}}}",
        Literal(f.id), Literal(f.title), Literal(f.title_if_unsure), f.minutes, f.hands_on,
        f.test_minutes, Literal(f.cluster), static_cast<int>(f.loss), Literal(f.loss_text),
        Texts(f.loses_more_than), static_cast<int>(f.by), Texts(f.requires_true),
        Texts(f.requires_false), Literal(f.check), Literal(f.undo), Array("WordsRow", words),
        Texts(f.tried_as), Texts(f.worth_beside), Literal(f.from));
  }
  std::string App(const evidence::CompanionApp& a) {
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}}", Literal(a.id),
                       Literal(a.title), Texts(a.packages), a.speaks_to_band4, a.from_maker,
                       a.needs_account, Texts(a.permissions), a.needs_notification_access,
                       a.needs_background, Literal(a.notification_listener), Texts(a.log_tags));
  }
  std::string Passage(const ts::GuidePassage& p) {
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}}}", Literal(p.id), Literal(p.title),
                       Texts(p.when), p.symptom, Literal(p.layer), Texts(p.suspects),
                       Texts(p.fixes));
  }
  std::string Choice(const ts::ChoiceQuestion& c) {
    std::vector<std::string> options;
    for (const ts::ChoiceOption& o : c.options)
      options.push_back(
          fmt::format("{{{}, {}, {}}}", Literal(o.id), Literal(o.words), Conditions(o.sets)));
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}}}", Literal(c.id), Literal(c.question),
                       Literal(c.why), c.minutes, Array("OptionRow", options),
                       Literal(c.none_words), Conditions(c.none_sets), Literal(c.from));
  }
  std::string Language(const language::Language& l) {
    std::vector<std::string> texts;
    for (const auto& [key, said] : l.texts)
      texts.push_back(fmt::format("{{{}, {}}}", Literal(key), Texts(said)));
    return fmt::format("{{{}, {}, static_cast<language::Plurals>({}), {}, {}}}", Literal(l.code),
                       Literal(l.name), static_cast<int>(l.plurals), l.lower_within,
                       Array("TranslationRow", texts));
  }
  template <class Thing>
  std::string All(std::string_view type, const std::vector<Thing>& things,
                  std::string (Writer::*row)(const Thing&)) {
    std::vector<std::string> rows;
    for (const Thing& thing : things) rows.push_back((this->*row)(thing));
    return Array(type, rows);
  }

  std::string arrays_;
  int count_ = 0;
};

std::string Numbers(std::span<const double> numbers) {
  return fmt::format("{{{}}}", fmt::join(numbers, ", "));
}

std::string Model(const ts::Model& m) {
  std::string out = "Model TheModel() {\n  Model m;\n";
  const auto set = [&](std::string_view key, const std::string& value) {
    out += fmt::format("  m.{} = {};\n", key, value);
  };
  set("temperature", fmt::to_string(m.temperature));
  set("group_damping", fmt::to_string(m.group_damping));
  set("chance_floor", fmt::to_string(m.chance_floor));
  set("second_fault", fmt::to_string(m.second_fault));
  set("mimics_in_verdict", fmt::to_string(m.mimics_in_verdict));
  set("mimics_in_plan", fmt::to_string(m.mimics_in_plan));
  set("unknown_likeness", fmt::to_string(m.unknown_likeness));
  set("trust", Numbers(m.trust));
  set("belief_from", Literal(m.belief_from));
  set("sure_cause", fmt::to_string(m.sure_cause));
  set("name_cause", fmt::to_string(m.name_cause));
  set("mention_cause", fmt::to_string(m.mention_cause));
  set("trouble_layer", fmt::to_string(m.trouble_layer));
  set("ok_layer_below", fmt::to_string(m.ok_layer_below));
  set("call_healthy", fmt::to_string(m.call_healthy));
  for (const std::string& id : m.healthy_shown_by)
    out += fmt::format("  m.healthy_shown_by.emplace_back({});\n", Literal(id));
  set("trouble_sign", fmt::to_string(m.trouble_sign));
  set("verdict_from", Literal(m.verdict_from));
  set("give_up_minutes", fmt::to_string(m.give_up_minutes));
  set("least_chance", Numbers(m.least_chance));
  set("outweighs_unknown", Numbers(m.outweighs_unknown));
  set("waits_for_chance", Numbers(m.waits_for_chance));
  const auto loss = [&](std::string_view key, ts::LossClass value) {
    set(key, fmt::format("static_cast<LossClass>({})", static_cast<int>(value)));
  };
  loss("dares_unfit", m.dares_unfit);
  loss("dares_untold", m.dares_untold);
  loss("dares_layer", m.dares_layer);
  set("to_the_end.give_up_minutes", fmt::to_string(m.to_the_end.give_up_minutes));
  set("to_the_end.least_chance", Numbers(m.to_the_end.least_chance));
  loss("to_the_end.dares", m.to_the_end.dares);
  set("question_saves", fmt::to_string(m.question_saves));
  set("questions_max", fmt::to_string(m.questions_max));
  set("questions_weighed", fmt::to_string(m.questions_weighed));
  set("reading_minutes", fmt::to_string(m.reading_minutes));
  set("names_share", fmt::to_string(m.names_share));
  set("waiting_price", fmt::to_string(m.waiting_price));
  set("hands_on_price", fmt::to_string(m.hands_on_price));
  set("loss_price", Numbers(m.loss_price));
  set("together_max", fmt::to_string(m.together_max));
  set("sets_max", fmt::to_string(m.sets_max));
  for (const ts::Cluster& c : m.clusters)
    out += fmt::format("  m.clusters.push_back({{{}, {}, {}, {}, {}}});\n", Literal(c.id),
                       c.minutes, Literal(c.inside), c.survives_test, Literal(c.from));
  set("answer_worth_saying", fmt::to_string(m.answer_worth_saying));
  set("answer_raises_by", fmt::to_string(m.answer_raises_by));
  set("explanation_from", Literal(m.explanation_from));
  set("plan_from", Literal(m.plan_from));
  set("interview_saves", fmt::to_string(m.interview_saves));
  set("interview_doubt", fmt::to_string(m.interview_doubt));
  set("interview_questions_max", fmt::to_string(m.interview_questions_max));
  set("interview_from", Literal(m.interview_from));
  set("background_minutes", fmt::to_string(m.background_minutes));
  set("proof_from", Literal(m.proof_from));
  return out + "  return m;\n}\n";
}

std::string Learning(const ts::Learning& l) {
  std::string out = "Learning TheLearning() {\n  Learning l;\n";
  const auto set = [&](std::string_view key, const std::string& value) {
    out += fmt::format("  l.{} = {};\n", key, value);
  };
  set("prior_sizes", Numbers(l.prior_sizes));
  set("effect_sizes", Numbers(l.effect_sizes));
  set("leak_sizes", Numbers(l.leak_sizes));
  set("fix_sizes", Numbers(l.fix_sizes));
  set("temperatures", Numbers(l.temperatures));
  set("mention_size", fmt::to_string(l.mention_size));
  set("doubt", fmt::to_string(l.doubt));
  set("folds", fmt::to_string(l.folds));
  set("worth_saying", fmt::to_string(l.worth_saying));
  set("from", Literal(l.from));
  return out + "  return l;\n}\n";
}

std::string Writer::Knowledge(const ts::Knowledge& k) {
  const std::string layers = All("LayerRow", k.layers, &Writer::Layer);
  const std::string findings = All("FindingRow", k.findings, &Writer::Finding);
  const std::string causes = All("CauseRow", k.causes, &Writer::Cause);
  const std::string fixes = All("FixRow", k.fixes, &Writer::Fix);
  const std::string apps = All("AppRow", k.apps, &Writer::App);
  const std::string guide = All("PassageRow", k.guide, &Writer::Passage);
  const std::string choices = All("ChoiceRow", k.choices, &Writer::Choice);
  const std::string languages = All("LanguageRow", k.languages, &Writer::Language);
  return fmt::format(
      "// Written by the build from knowledge/*.toml (adapters/toml/knowledge_compiler). Do not "
      "edit.\n"
      "#include \"troubleshoot/knowledge/embedded_knowledge.h\"\n"
      "#include \"troubleshoot/knowledge/knowledge_table.h\"\n\n"
      "namespace bk::troubleshoot {{\nnamespace table {{\nnamespace {{\n\n{}\n"
      "constexpr KnowledgeRow kKnowledge = {{\n  {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, "
      "{}, {}}};\n\n{}\n{}\n"
      "}}  // namespace\n}}  // namespace table\n\n"
      "const Knowledge& EmbeddedKnowledge() {{\n"
      "  static const Knowledge knowledge = table::FromTable(table::kKnowledge, "
      "table::TheModel(), table::TheLearning());\n"
      "  return knowledge;\n}}\n\n}}  // namespace bk::troubleshoot\n",
      arrays_, layers, findings, causes, fixes, apps, guide, choices, k.none_prior,
      Literal(k.none_from), k.healthy_prior, Literal(k.healthy_from), languages, Model(k.model),
      Learning(k.learning));
}

}  // namespace

std::string WriteTable(const ts::Knowledge& knowledge) { return Writer().Knowledge(knowledge); }

}  // namespace bk::adapters::toml
