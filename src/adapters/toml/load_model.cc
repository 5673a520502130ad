#include "adapters/toml/load_model.h"

#include <array>

namespace bk::adapters::toml {
namespace {

namespace ts = troubleshoot;
using evidence::SourceKind;

void ByLossClass(TableReader& r, std::string_view key, std::array<double, 5>& into,
                 double high = 1) {
  r.Table(key, Need::kRequired, [&](TableReader& t) {
    for (const ts::LossClass loss : ts::kLossClasses)
      into[static_cast<std::size_t>(loss)] =
          t.Number(ts::LossClassName(loss), 0, high, Need::kRequired);
  });
}

void LoadLearning(TableReader& r, ts::Learning& learning) {
  constexpr double kSizeMax = 1e6;
  learning.prior_sizes = r.Numbers("prior_sizes", 0.01, kSizeMax);
  learning.effect_sizes = r.Numbers("effect_sizes", 0.01, kSizeMax);
  learning.leak_sizes = r.Numbers("leak_sizes", 0.01, kSizeMax);
  learning.fix_sizes = r.Numbers("fix_sizes", 0.01, kSizeMax);
  learning.temperatures = r.Numbers("temperatures", 0.2, 10);
  learning.mention_size = r.Number("mention_size", 0.01, kSizeMax, Need::kRequired, 1);
  learning.doubt = r.Number("doubt", 0, 1, Need::kRequired);
  learning.folds = r.Integer("folds", 2, 100, Need::kRequired, 2);
  learning.worth_saying = r.Number("worth_saying", 0, 10, Need::kRequired);
  learning.from = r.Text("from", Need::kRequired);
}

}  // namespace

void Remember(ts::Knowledge& knowledge, const std::string& thing, const TableReader& reader) {
  knowledge.places.insert_or_assign(thing, ts::Place{reader.file(), reader.LineOf("")});
  for (const std::string& key : reader.Keys())
    knowledge.places.insert_or_assign(thing + "." + key,
                                      ts::Place{reader.file(), reader.LineOf(key)});
}

void LoadModel(TableReader& reader, const std::function<std::string(TableReader&)>& cluster_id,
               ts::Knowledge& knowledge) {
  ts::Model& model = knowledge.model;
  const auto table = [&](std::string_view name, Need need,
                         const std::function<void(TableReader&)>& read) {
    reader.Table(name, need, [&](TableReader& r) {
      read(r);
      Remember(knowledge, ts::PlaceKey("model", name), r);
    });
  };
  table("none_of_these", Need::kRequired, [&](TableReader& r) {
    knowledge.none_prior = r.Number("prior", 1e-6, 1e6, Need::kRequired, 0.1);
    model.mimics_in_verdict = r.Number("mimics_in_verdict", 0, 1, Need::kRequired);
    model.mimics_in_plan = r.Number("mimics_in_plan", 0, 1, Need::kRequired);
    model.unknown_likeness = r.Number("likeness", 0, 1, Need::kRequired);
    knowledge.none_from = r.Text("from", Need::kRequired);
  });
  table("healthy", Need::kRequired, [&](TableReader& r) {
    knowledge.healthy_prior = r.Number("prior", 0.001, 0.999, Need::kRequired);
    knowledge.healthy_from = r.Text("from", Need::kRequired);
  });
  table("belief", Need::kRequired, [&](TableReader& r) {
    model.temperature = r.Number("temperature", 0.2, 10, Need::kRequired, 1);
    model.group_damping = r.Number("group_damping", 0, 1, Need::kRequired, 1);
    model.chance_floor = r.Number("chance_floor", 1e-6, 0.1, Need::kRequired, 1e-3);
    model.second_fault = r.Number("second_fault", 0, 1, Need::kRequired, 0);
    r.Table("trust", Need::kRequired, [&](TableReader& t) {
      for (const SourceKind source : evidence::kSourceKinds)
        model.trust[static_cast<std::size_t>(source)] =
            t.Number(evidence::SourceName(source), 0.5, 1, Need::kRequired, 1);
    });
    model.belief_from = r.Text("from", Need::kRequired);
  });
  table("verdict", Need::kRequired, [&](TableReader& r) {
    model.sure_cause = r.Number("sure_cause", 0, 1, Need::kRequired);
    model.name_cause = r.Number("name_cause", 0, 1, Need::kRequired);
    model.mention_cause = r.Number("mention_cause", 0, 1, Need::kRequired);
    model.trouble_layer = r.Number("trouble_layer", 0, 1, Need::kRequired);
    model.ok_layer_below = r.Number("ok_layer_below", 0, 1, Need::kRequired);
    model.call_healthy = r.Number("call_healthy", 0, 1, Need::kRequired);
    model.healthy_shown_by = r.Texts("healthy_shown_by", Need::kOptional);
    model.trouble_sign = r.Number("trouble_sign", 1, 1000, Need::kRequired);
    model.verdict_from = r.Text("from", Need::kRequired);
  });
  table("plan", Need::kRequired, [&](TableReader& r) {
    model.give_up_minutes = r.Number("give_up_minutes", 1, kMinutesMax, Need::kRequired, 120);
    ByLossClass(r, "least_chance", model.least_chance);
    ByLossClass(r, "outweighs_unknown", model.outweighs_unknown, 1000);
    ByLossClass(r, "waits_for_chance", model.waits_for_chance);
    r.Table("dares", Need::kRequired, [&](TableReader& t) {
      model.dares_unfit = ReadLossClass(t, "nothing_fits");
      model.dares_untold = ReadLossClass(t, "cannot_tell");
      model.dares_layer = ReadLossClass(t, "layer");
    });
    r.Table("to_the_end", Need::kOptional, [&](TableReader& t) {
      model.to_the_end.give_up_minutes =
          t.Number("give_up_minutes", 1, kMinutesMax, Need::kRequired, 120);
      ByLossClass(t, "least_chance", model.to_the_end.least_chance);
      model.to_the_end.dares = ReadLossClass(t, "dares");
    });
    model.question_saves = r.Number("question_saves", 0, kMinutesMax, Need::kRequired);
    model.questions_max = r.Integer("questions_max", 0, 10, Need::kRequired);
    model.questions_weighed = r.Integer("questions_weighed", 0, 1000, Need::kRequired);
    model.reading_minutes = r.Number("reading_minutes", 0.01, 60, Need::kRequired, 1);
    model.names_share = r.Number("names_share", 0, 1, Need::kRequired);
    r.Table("price", Need::kRequired, [&](TableReader& t) {
      model.waiting_price = t.Number("waiting", 0.01, 100, Need::kRequired, 1);
      model.hands_on_price = t.Number("hands_on", 0.01, 100, Need::kRequired, 1);
    });
    ByLossClass(r, "loss_price", model.loss_price, kMinutesMax);
    model.together_max = r.Integer("together_max", 1, 10, Need::kRequired, 1);
    model.sets_max = r.Integer("sets_max", 1, 10000, Need::kRequired, 1);
    r.Tables("cluster", [&](TableReader& c) {
      ts::Cluster cluster;
      cluster.id = cluster_id(c);
      cluster.minutes = c.Number("minutes", 0, kMinutesMax, Need::kRequired);
      cluster.inside = c.Text("inside", Need::kOptional);
      cluster.survives_test = c.Flag("survives_test", false);
      cluster.from = c.Text("from", Need::kRequired);
      Remember(knowledge, ts::PlaceKey("cluster", cluster.id), c);
      model.clusters.push_back(std::move(cluster));
    });
    model.plan_from = r.Text("from", Need::kRequired);
  });
  table("interview", Need::kRequired, [&](TableReader& r) {
    model.interview_saves = r.Number("saves", 0, kMinutesMax, Need::kRequired);
    model.interview_doubt = r.Number("doubt", 0, kMinutesMax, Need::kRequired);
    model.interview_questions_max = r.Integer("questions_max", 0, 100, Need::kRequired);
    model.interview_from = r.Text("from", Need::kRequired);
  });
  table("proof", Need::kOptional, [&](TableReader& r) {
    model.background_minutes = r.Number("background_minutes", 0, kMinutesMax, Need::kRequired);
    model.proof_from = r.Text("from", Need::kRequired);
  });
  table("explanation", Need::kRequired, [&](TableReader& r) {
    model.answer_worth_saying = r.Number("answer_worth_saying", 0, 1, Need::kRequired);
    model.answer_raises_by = r.Number("answer_raises_by", 1, 1000, Need::kRequired, 1);
    model.explanation_from = r.Text("from", Need::kRequired);
  });
  table("learning", Need::kOptional, [&](TableReader& r) { LoadLearning(r, knowledge.learning); });
}

}  // namespace bk::adapters::toml
