#include "app/desk/page_face.h"

#include <fmt/format.h>

#include <utility>

#include "app/desk/messages.h"
#include "app/repair/messages.h"

namespace bk::app {
namespace {

using Json = TaskBoard::Json;
using Is = TaskBoard::Answer::Is;

std::string_view DoerName(repair::Doer doer) {
  switch (doer) {
    case repair::Doer::kTool:
      return "tool";
    case repair::Doer::kFinger:
      return "finger";
    case repair::Doer::kWords:
      break;
  }
  return "person";
}

std::int64_t Seconds(std::chrono::milliseconds left) { return (left.count() + 999) / 1000; }

}  // namespace

Json PreviewJson(const std::vector<repair::PreviewLine>& lines,
                 const std::function<std::string(std::string_view)>& clean) {
  Json json = Json::array();
  for (const repair::PreviewLine& line : lines) {
    Json commands = Json::array();
    for (const std::string& command : line.commands) commands.push_back(clean(command));
    json.push_back(
        {{"what", clean(line.what)}, {"already", line.already}, {"commands", std::move(commands)}});
  }
  return json;
}

TaskBoard::Answer PageFace::PutDone(std::string about, std::string_view text, Json more) {
  TaskBoard::Question question{.kind = "done",
                               .about = std::move(about),
                               .text = clean_(text),
                               .more = std::move(more),
                               .preview = {},
                               .owner = {},
                               .options = 0};
  if (owner_ && !fix_.empty())
    question.owner = [this] {
      const bool done = owner_(fix_, hands_on_);
      if (!done) Tell(language_.Say(kDeskSays.owner_cannot));
      return done;
    };
  board_.SetWatching(nullptr);
  return board_.Ask(question);
}

TaskBoard::Answer PageFace::Put(std::string kind, std::string about, std::string_view text,
                                Json more, const StepShown* preview, std::size_t options) {
  TaskBoard::Question question{.kind = std::move(kind),
                               .about = std::move(about),
                               .text = clean_(text),
                               .more = std::move(more),
                               .preview = {},
                               .owner = {},
                               .options = options};
  if (preview != nullptr && preview->preview)
    question.preview = [this, preview] { return PreviewJson(preview->preview(), clean_); };
  board_.SetWatching(nullptr);
  return board_.Ask(question);
}

RepairFace::Reply PageFace::YesNo(std::string about, std::string_view text, Json more,
                                  const StepShown* preview) {
  switch (Put("yes_no_stop", std::move(about), text, std::move(more), preview).is) {
    case Is::kYes:
      return Reply::kYes;
    case Is::kNo:
      return Reply::kNo;
    default:
      return Reply::kStop;
  }
}

Json PageFace::Lines(const std::vector<std::string>& lines) const {
  Json json = Json::array();
  for (const std::string& line : lines) json.push_back(clean_(line));
  return json;
}

bool PageFace::AskEveryday(const repair::ConsentQuestion& question) {
  const Reply reply =
      YesNo("everyday_step", language_.Say(kFaceSays.do_it, {{"question", question.text}}),
            {{"harm", repair::HarmName(question.harm)}});
  if (reply == Reply::kStop) board_.RequestStop();
  return reply == Reply::kYes;
}

void PageFace::Tell(std::string_view sentence) {
  if (!sentence.empty()) board_.Log({{"kind", "tell"}, {"text", clean_(sentence)}});
}

repair::StepTeller::Finger PageFace::AskFinger(const repair::OpenPage& page, bool opened) {
  const auto answer =
      PutDone("finger",
              language_.Say(opened ? kFaceSays.finger_opened : kFaceSays.finger_open,
                            {{"page", page.what}}),
              {{"page", clean_(page.what)}, {"opened", opened}});
  if (answer.is == Is::kYes) return Finger::kDone;
  return answer.is == Is::kNo ? Finger::kCannot : Finger::kStop;
}

void PageFace::ShowPage(const repair::OpenPage& page, bool opened, std::string_view sentence) {
  Tell(sentence);
  page_ = {{"page", clean_(page.what)}, {"opened", opened}};
}

bool PageFace::Waiting(std::string_view what, std::chrono::milliseconds left) {
  // On a simulated phone the time that is waited is over at once, and nobody's finger comes by
  // itself: it is asked for.
  if (page_ && owner_) {
    Json page = *std::exchange(page_, std::nullopt);
    const std::string text =
        language_.Say(page["opened"] == true ? kFaceSays.finger_opened : kFaceSays.finger_open,
                      {{"page", page["page"].get<std::string>()}});
    const auto answer = PutDone("finger", text, std::move(page));
    if (answer.is == Is::kStop) board_.RequestStop();
    if (answer.is != Is::kYes) return false;
  }
  board_.Progress(language_.Say(kFaceSays.waiting, {{"what", clean_(what)}}), Seconds(left));
  return !board_.TakeEnough() && !board_.stopped();
}

RepairFace::Reply PageFace::OfferRollBack(const repair::Repair& repair,
                                          const std::vector<std::string>& changes) {
  return YesNo("roll_back", language_.Say(kFaceSays.roll_back),
               {{"details", Lines(changes)},
                {"phone", clean_(repair.phone_name)},
                {"repair_at", repair.at}});
}

RepairFace::Reply PageFace::OfferAgain(const std::vector<std::string>& put_back) {
  return YesNo("again",
               language_.Say(kFaceSays.put_back) + " " + language_.Say(kFaceSays.set_again),
               {{"details", Lines(put_back)}});
}

RepairFace::Reply PageFace::OfferRest(const std::vector<troubleshoot::Step>& rest) {
  const RestShown shown(rest, language_);
  return YesNo("rest", shown.text + " " + language_.Say(kFaceSays.go_on),
               {{"details", Lines(shown.steps)}});
}

RepairFace::Reply PageFace::OfferEveryday(const std::vector<std::string>& off) {
  return YesNo("everyday",
               language_.Say(kFaceSays.everyday_off) + " " + language_.Say(kFaceSays.set_everyday),
               {{"details", Lines(off)}});
}

void PageFace::ShowVerdict(const Report& report, bool again) {
  board_.Log(
      {{"kind", "verdict"}, {"text", clean_(report.diagnosis.verdict.text)}, {"again", again}});
  if (verdict_) verdict_(report);
}

RepairFace::Reply PageFace::AskHarmless(const Report&) {
  return YesNo("harmless", language_.Say(kFaceSays.harmless),
               {{"harm", repair::HarmName(repair::Harm::kHarmless)}});
}

void PageFace::BeginStep(const StepShown& shown) {
  (void)board_.HoldWhilePaused();
  const troubleshoot::Step& step = *shown.step;
  fix_ = shown.fix == nullptr ? std::string() : shown.fix->id;
  hands_on_ = std::chrono::seconds(static_cast<std::int64_t>(step.hands_on * 60));
  page_.reset();
  board_.Progress("");
  board_.SetWatching(nullptr);
  board_.SetStep({{"number", ++step_},
                  {"id", step.id},
                  {"text", clean_(step.text)},
                  {"why", clean_(step.why)},
                  {"by", DoerName(shown.doer)},
                  {"words", Lines(step.words)},
                  {"minutes", step.minutes},
                  {"loss", troubleshoot::LossClassName(step.loss)},
                  {"loss_text", clean_(step.loss_text)},
                  {"check", clean_(step.check)},
                  {"undo", clean_(step.undo)},
                  {"chance", step.chance},
                  {"test_later", step.test_later}});
  board_.Log({{"kind", "step"}, {"text", clean_(step.text)}, {"id", step.id}, {"number", step_}});
}

RepairFace::Reply PageFace::AskStep(const StepShown& shown,
                                    const repair::ConsentQuestion& question) {
  return YesNo("step", question.text, {{"harm", repair::HarmName(question.harm)}}, &shown);
}

RepairFace::Typed PageFace::AskLossy(const StepShown& shown,
                                     const repair::ConsentQuestion& question) {
  const auto answer =
      Put("typed_word", "lossy", question.text,
          {{"word", question.word}, {"harm", repair::HarmName(question.harm)}}, &shown);
  if (answer.is == Is::kTyped) return {.reply = Reply::kYes, .word = answer.word};
  return {.reply = answer.is == Is::kNo ? Reply::kNo : Reply::kStop};
}

RepairFace::Reply PageFace::AskDone(const StepShown& shown) {
  const auto answer = PutDone("words", shown.step->text);
  if (answer.is == Is::kYes) return Reply::kYes;
  return answer.is == Is::kNo ? Reply::kNo : Reply::kStop;
}

RepairFace::Said PageFace::AskFinding(const troubleshoot::Step& question) {
  switch (Put("finding", "finding", question.text,
              {{"finding", question.id}, {"why", clean_(question.why)}})
              .is) {
    case Is::kYes:
      return Said::kYes;
    case Is::kNo:
      return Said::kNo;
    case Is::kUnknown:
      return Said::kNotKnown;
    default:
      return Said::kStop;
  }
}

std::string PageFace::AskQuestion(const troubleshoot::Interview::Question& question) {
  Json more = {{"question", question.id}, {"why", clean_(question.why)}};
  if (question.options.empty()) {
    switch (Put("finding", "question", question.text, std::move(more)).is) {
      case Is::kYes:
        return std::string(troubleshoot::kYes);
      case Is::kNo:
        return std::string(troubleshoot::kNo);
      case Is::kUnknown:
        return std::string(troubleshoot::kNotKnown);
      default:
        return {};
    }
  }
  Json options = Json::array();
  for (const auto& option : question.options) options.push_back(clean_(option.words));
  more["options"] = std::move(options);
  more["none_words"] = clean_(question.none_words);
  const auto answer =
      Put("choice", "question", question.text, std::move(more), nullptr, question.options.size());
  switch (answer.is) {
    case Is::kChosen:
      return question.options[answer.choice].id;
    case Is::kNo:
      return std::string(troubleshoot::kNone);
    case Is::kUnknown:
      return std::string(troubleshoot::kNotKnown);
    default:
      return {};
  }
}

std::size_t PageFace::AskWhich(std::string_view question, const std::vector<std::string>& options) {
  // By its sentence, in whichever language.
  std::string about = "which";
  if (!options.empty() && options[0] == language_.Say(kFixSays.put_it_back)) about = "anyway";
  if (question == language_.Say(kFixSays.which_app)) about = "app";
  const auto answer = Put("choice", std::move(about), question, {{"options", Lines(options)}},
                          nullptr, options.size());
  if (answer.is == Is::kStop) board_.RequestStop();
  return answer.is == Is::kChosen ? answer.choice : npos;
}

bool PageFace::Watched(const GoalSeen& seen, const language::Message& what,
                       std::chrono::milliseconds left, bool background) {
  board_.Progress(language_.Say(what), Seconds(left));
  board_.SetWatching({{"link", seen.link},
                      {"synced", seen.synced()},
                      {"link_text", clean_(seen.link_text)},
                      {"sync_text", clean_(seen.sync_text)},
                      {"left_seconds", Seconds(left)},
                      {"background", background}});
  return !board_.TakeEnough() && !board_.stopped();
}

bool PageFace::Watching(const GoalSeen& seen, std::chrono::milliseconds left) {
  return Watched(seen, seen.link ? kFaceSays.watching_up : kFaceSays.watching_down, left, false);
}

// Not asked for before: "enough" ends it at any moment.
bool PageFace::WatchingBackground(const GoalSeen& seen, std::chrono::milliseconds left) {
  return Watched(seen, seen.link ? kFaceSays.background_up : kFaceSays.background_down, left, true);
}

RepairFace::Said PageFace::AskSynced(const SyncQuestion& question) {
  const std::string app = question.app.empty() ? language_.Say(kFixSays.the_app) : question.app;
  switch (
      Put("finding", "synced",
          language_.Say(question.as_before ? kFaceSays.is_it_gone : kFaceSays.did_it_sync,
                        {{"app", app}}),
          {{"details", Json::array({clean_(language_.Say(
                           question.as_before ? kFaceSays.proves_nothing : kFaceSays.sync_unseen,
                           {{"link", question.link}}))})},
           {"app", clean_(question.app)},
           {"as_before", question.as_before}})
          .is) {
    case Is::kYes:
      return Said::kYes;
    case Is::kNo:
      return Said::kNo;
    case Is::kUnknown:
      return Said::kNotKnown;
    default:
      return Said::kStop;
  }
}

void PageFace::StepOver(const StepRun& run) {
  board_.Log({{"kind", "step_over"},
              {"text", clean_(run.sentence)},
              {"id", run.fix},
              {"title", clean_(run.title)},
              {"end", run.end},
              {"cured", run.cured}});
  ClearStep();
}

void PageFace::ClearStep() {
  board_.Progress("");
  board_.SetWatching(nullptr);
  fix_.clear();
  page_.reset();
}

RepairFace::Reply PageFace::OfferRestartCheck(const std::vector<std::string>& changes) {
  return YesNo(
      "restart_check",
      language_.Say(kFaceSays.works) + " " + language_.Say(kFaceSays.restart_check),
      {{"details", Lines(changes)}, {"harm", repair::HarmName(repair::Harm::kDisruptive)}});
}

}  // namespace bk::app
