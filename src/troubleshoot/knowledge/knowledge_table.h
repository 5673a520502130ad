// Knowledge as constant rows: the form in which the build writes it into the binary
// (adapters/toml/knowledge_compiler). Rows mirror knowledge.h, field by field.
#pragma once

#include <span>
#include <string_view>

#include "troubleshoot/knowledge/knowledge.h"

namespace bk::troubleshoot::table {

using Text = std::string_view;
using Texts = std::span<const std::string_view>;

struct ConditionRow {
  Text finding;
  bool value;
};
struct ConditionsRow {
  std::span<const ConditionRow> conditions;
};
struct LayerRow {
  Text id, title, within, ok_text, trouble_text, unknown_text;
  std::span<const ConditionsRow> ok_when;
};
struct TrustRow {
  evidence::SourceKind source;
  double right;
  Text from;
};
struct ElicitedRow {
  double number;  // < 0: unset
  Text from;
};
struct FindingRow {
  Text id, statement, question, why;
  double leak;
  Text leak_from;
  ElicitedRow leak_elicited;
  double when_healthy;  // < 0: unset
  double minutes;
  Text cluster;
  std::span<const TrustRow> trust;
  Texts readers, presumes, excludes;
  std::span<const ConditionRow> moot_when;
  Text opposite, group;
  bool about_band;
};
struct ShareRow {  // an effect or a treatment
  Text id;
  double chance;
  Text from;
  ElicitedRow elicited;
};
struct CauseRow {
  Text id, layer, title, explain;
  double prior;
  Text prior_from;
  ElicitedRow prior_elicited;
  std::span<const ShareRow> effects, fixes;
  bool curable;
  Text instead;
};
struct WordsRow {
  int android_min, android_max;
  Text maker;
  Texts steps;
};
struct FixRow {
  Text id, title, title_if_unsure;
  double minutes, hands_on, test_minutes;
  Text cluster;
  LossClass loss;
  Text loss_text;
  Texts loses_more_than;
  Actor by;
  Texts requires_true, requires_false;
  Text check, undo;
  std::span<const WordsRow> words;
  Texts tried_as;
  Texts worth_beside;
  Text from;
};
struct AppRow {
  Text id, title;
  Texts packages;
  bool speaks_to_band4, from_maker, needs_account;
  Texts permissions;
  bool needs_notification_access, needs_background;
  Text notification_listener;
  Texts log_tags;
};
struct PassageRow {
  Text id, title;
  Texts when;
  bool symptom;
  Text layer;
  Texts suspects, fixes;
};
struct OptionRow {
  Text id, words;
  std::span<const ConditionRow> sets;
};
struct ChoiceRow {
  Text id, question, why;
  double minutes;
  std::span<const OptionRow> options;
  Text none_words;
  std::span<const ConditionRow> none_sets;
  Text from;
};
struct TranslationRow {
  Text key;
  Texts said;
};
struct LanguageRow {
  Text code, name;
  language::Plurals plurals;
  bool lower_within;
  std::span<const TranslationRow> texts;
};
struct KnowledgeRow {
  std::span<const LayerRow> layers;
  std::span<const FindingRow> findings;
  std::span<const CauseRow> causes;
  std::span<const FixRow> fixes;
  std::span<const AppRow> apps;
  std::span<const PassageRow> guide;
  std::span<const ChoiceRow> choices;
  double none_prior;
  Text none_from;
  double healthy_prior;
  Text healthy_from;
  std::span<const LanguageRow> languages;
};

// `model` and `learning` are taken as they are.
Knowledge FromTable(const KnowledgeRow& rows, const Model& model, const Learning& learning);

}  // namespace bk::troubleshoot::table
