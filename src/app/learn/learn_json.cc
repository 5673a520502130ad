#include "app/learn/learn_json.h"

namespace bk::app {
namespace {

namespace ts = troubleshoot;
using nlohmann::ordered_json;

ordered_json Json(const ts::Sizes& sizes) {
  return {{"prior", sizes.prior},
          {"effect", sizes.effect},
          {"leak", sizes.leak},
          {"fix", sizes.fix},
          {"temperature", sizes.temperature}};
}

ordered_json Json(const ts::CauseScore& score) {
  ordered_json bins = ordered_json::array();
  for (const ts::CalibrationBin& bin : score.calibration)
    bins.push_back({{"from", bin.low},
                    {"to", bin.high},
                    {"cases", bin.cases},
                    {"said", bin.said},
                    {"right", bin.right}});
  return {{"cases", score.cases},
          {"layer", score.layer},
          {"first", score.first},
          {"in_three", score.in_three},
          {"brier", score.brier},
          {"log_score", score.log_score},
          {"sure", score.sure},
          {"sure_wrong", score.sure_wrong},
          {"named", score.named},
          {"named_wrong", score.named_wrong},
          {"layer_only", score.layer_only},
          {"layer_only_wrong", score.layer_only_wrong},
          {"cannot_tell", score.cannot_tell},
          {"other", score.other},
          {"calibration", std::move(bins)}};
}

ordered_json Json(const ts::FixScore& score) {
  return {{"cases", score.cases},
          {"listed", score.listed},
          {"first", score.first},
          {"in_three", score.in_three},
          {"median_rank", score.median_rank},
          {"mean_minutes", score.mean_minutes},
          {"lossy_before", score.lossy_before},
          {"cases_with_lossy", score.cases_with_lossy}};
}

}  // namespace

ordered_json ToJson(const ts::Fitted& fitted, std::size_t cases) {
  ordered_json changes = ordered_json::array();
  for (const ts::Change& change : fitted.changes)
    changes.push_back({{"kind", ts::NumberKindName(change.kind)},
                       {"id", change.id},
                       {"item", change.item},
                       {"before", change.before},
                       {"after", change.after},
                       {"elicited", change.elicited},
                       {"added", change.added},
                       {"from", change.from}});
  return {{"schema", "bandkeeper.fit/1"},
          {"cases", cases},
          {"sizes", Json(fitted.sizes)},
          {"mentioned", {{"holds", fitted.mentioned.yes}, {"does_not_hold", fitted.mentioned.no}}},
          {"changes", std::move(changes)},
          {"notes", fitted.notes}};
}

ordered_json ToJson(const ts::Evaluation& evaluation) {
  ordered_json scores = ordered_json::array(), sizes = ordered_json::array();
  for (const ts::Scores& one : evaluation.scores)
    scores.push_back({{"numbers", ts::NumbersName(one.numbers)},
                      {"with_deduced", one.with_deduced},
                      {"causes", Json(one.causes)},
                      {"fixes", Json(one.fixes)}});
  for (const ts::Sizes& one : evaluation.chosen) sizes.push_back(Json(one));
  return {{"schema", "bandkeeper.evaluation/1"},
          {"cases", evaluation.cases},
          {"folds", evaluation.folds},
          {"doubt", evaluation.doubt},
          {"scores", std::move(scores)},
          {"guide",
           {{"fixes", Json(evaluation.guide)},
            {"causes",
             {{"layer", evaluation.guide_causes.layer},
              {"first", evaluation.guide_causes.first},
              {"in_three", evaluation.guide_causes.in_three},
              {"nothing", evaluation.guide_causes.nothing}}}}},
          {"sizes", std::move(sizes)},
          {"notes", evaluation.notes}};
}

}  // namespace bk::app
