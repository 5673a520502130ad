#include "troubleshoot/knowledge/knowledge_table.h"

namespace bk::troubleshoot::table {
namespace {

std::vector<std::string> Copy(Texts texts) { return {texts.begin(), texts.end()}; }

std::optional<Elicited> Make(const ElicitedRow& row) {
  if (row.number < 0) return std::nullopt;
  return Elicited{row.number, std::string(row.from)};
}

std::vector<Condition> Copy(std::span<const ConditionRow> rows) {
  std::vector<Condition> conditions;
  conditions.reserve(rows.size());
  for (const ConditionRow& row : rows) conditions.push_back({std::string(row.finding), row.value});
  return conditions;
}

Layer Make(const LayerRow& row) {
  Layer layer;
  layer.id = row.id;
  layer.title = row.title;
  layer.within = row.within;
  layer.ok_text = row.ok_text;
  layer.trouble_text = row.trouble_text;
  layer.unknown_text = row.unknown_text;
  for (const ConditionsRow& conditions : row.ok_when)
    layer.ok_when.push_back(Copy(conditions.conditions));
  return layer;
}

FindingKind Make(const FindingRow& row) {
  FindingKind finding;
  finding.id = row.id;
  finding.statement = row.statement;
  finding.question = row.question;
  finding.why = row.why;
  finding.leak = row.leak;
  finding.leak_from = row.leak_from;
  finding.leak_elicited = Make(row.leak_elicited);
  if (row.when_healthy >= 0) finding.when_healthy = row.when_healthy;
  finding.minutes = row.minutes;
  finding.cluster = row.cluster;
  for (const TrustRow& trust : row.trust)
    finding.trust.push_back({trust.source, trust.right, std::string(trust.from)});
  finding.readers = Copy(row.readers);
  finding.presumes = Copy(row.presumes);
  finding.excludes = Copy(row.excludes);
  finding.moot_when = Copy(row.moot_when);
  finding.opposite = row.opposite;
  finding.group = row.group;
  finding.about_band = row.about_band;
  return finding;
}

Cause Make(const CauseRow& row) {
  Cause cause;
  cause.id = row.id;
  cause.layer = row.layer;
  cause.title = row.title;
  cause.explain = row.explain;
  cause.prior = row.prior;
  cause.prior_from = row.prior_from;
  cause.prior_elicited = Make(row.prior_elicited);
  cause.effects.reserve(row.effects.size());
  for (const ShareRow& share : row.effects)
    cause.effects.push_back(
        {std::string(share.id), share.chance, std::string(share.from), Make(share.elicited)});
  cause.fixes.reserve(row.fixes.size());
  for (const ShareRow& share : row.fixes)
    cause.fixes.push_back(
        {std::string(share.id), share.chance, std::string(share.from), Make(share.elicited)});
  cause.curable = row.curable;
  cause.instead = row.instead;
  return cause;
}

Fix Make(const FixRow& row) {
  Fix fix;
  fix.id = row.id;
  fix.title = row.title;
  fix.title_if_unsure = row.title_if_unsure;
  fix.minutes = row.minutes;
  fix.hands_on = row.hands_on;
  fix.test_minutes = row.test_minutes;
  fix.cluster = row.cluster;
  fix.loss = row.loss;
  fix.loss_text = row.loss_text;
  fix.loses_more_than = Copy(row.loses_more_than);
  fix.by = row.by;
  fix.requires_true = Copy(row.requires_true);
  fix.requires_false = Copy(row.requires_false);
  fix.check = row.check;
  fix.undo = row.undo;
  for (const WordsRow& words : row.words)
    fix.words.push_back(
        {words.android_min, words.android_max, std::string(words.maker), Copy(words.steps)});
  fix.tried_as = Copy(row.tried_as);
  fix.worth_beside = Copy(row.worth_beside);
  fix.from = row.from;
  return fix;
}

evidence::CompanionApp Make(const AppRow& row) {
  evidence::CompanionApp app;
  app.id = row.id;
  app.title = row.title;
  app.packages = Copy(row.packages);
  app.speaks_to_band4 = row.speaks_to_band4;
  app.from_maker = row.from_maker;
  app.needs_account = row.needs_account;
  app.permissions = Copy(row.permissions);
  app.needs_notification_access = row.needs_notification_access;
  app.needs_background = row.needs_background;
  app.notification_listener = row.notification_listener;
  app.log_tags = Copy(row.log_tags);
  return app;
}

GuidePassage Make(const PassageRow& row) {
  return {std::string(row.id),    std::string(row.title), Copy(row.when), row.symptom,
          std::string(row.layer), Copy(row.suspects),     Copy(row.fixes)};
}

ChoiceQuestion Make(const ChoiceRow& row) {
  ChoiceQuestion choice;
  choice.id = row.id;
  choice.question = row.question;
  choice.why = row.why;
  choice.minutes = row.minutes;
  choice.options.reserve(row.options.size());
  for (const OptionRow& option : row.options)
    choice.options.push_back(
        {std::string(option.id), std::string(option.words), Copy(option.sets)});
  choice.none_words = row.none_words;
  choice.none_sets = Copy(row.none_sets);
  choice.from = row.from;
  return choice;
}

language::Language Make(const LanguageRow& row) {
  language::Language language{
      std::string(row.code), std::string(row.name), row.plurals, row.lower_within, {}};
  for (const TranslationRow& text : row.texts)
    language.texts.emplace_hint(language.texts.end(), text.key, Copy(text.said));
  return language;
}

template <class Row, class Thing>
void MakeAll(std::span<const Row> rows, std::vector<Thing>& into) {
  into.reserve(rows.size());
  for (const Row& row : rows) into.push_back(Make(row));
}

}  // namespace

Knowledge FromTable(const KnowledgeRow& rows, const Model& model, const Learning& learning) {
  Knowledge knowledge;
  MakeAll(rows.layers, knowledge.layers);
  MakeAll(rows.findings, knowledge.findings);
  MakeAll(rows.causes, knowledge.causes);
  MakeAll(rows.fixes, knowledge.fixes);
  MakeAll(rows.apps, knowledge.apps);
  MakeAll(rows.guide, knowledge.guide);
  MakeAll(rows.choices, knowledge.choices);
  knowledge.none_prior = rows.none_prior;
  knowledge.none_from = rows.none_from;
  knowledge.healthy_prior = rows.healthy_prior;
  knowledge.healthy_from = rows.healthy_from;
  knowledge.model = model;
  knowledge.learning = learning;
  MakeAll(rows.languages, knowledge.languages);
  return knowledge;
}

}  // namespace bk::troubleshoot::table
