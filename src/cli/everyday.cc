#include "cli/everyday.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/phone/open_phone.h"
#include "app/repair/everyday_case.h"
#include "app/repair/everyday_set.h"
#include "app/repair/kept_settings.h"
#include "app/repair/messages.h"
#include "cli/everyday_text.h"
#include "cli/fix_talk.h"
#include "cli/messages.h"
#include "cli/put_back_text.h"
#include "cli/words_verb.h"

namespace bk::cli {
namespace {

// Somebody at a terminal who may be asked; null: nobody, or only a document is wanted.
std::unique_ptr<ports::Person> WhoAnswers(const Options& options, const app::World& world) {
  if (options.json || options.yes || !world.person || !world.say) return nullptr;
  auto person = world.person(false);
  if (!person || *person == nullptr || !(*person)->at_terminal()) return nullptr;
  return *std::move(person);
}

}  // namespace

Outcome Everyday(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  if (!options.files.empty() || !options.findings_file.empty())
    return Failed(ExitCode::kUsage,
                  "--everyday looks at the phone on the cable; it takes no files. Run `bandkeeper "
                  "doctor FILE...` for those.");
  const auto knowledge = KnowledgeInLanguage(options, world);
  if (!knowledge) return Failed(ExitCode::kUsage, knowledge.error().message);
  if (world.phones == nullptr)
    return Failed(ExitCode::kCouldNotCheck, knowledge->language.Say(app::kFixSays.no_phone));
  if (world.progress) world.progress(knowledge->language.Say(kDailySays.looking));
  auto phone = app::OpenPhone(*world.phones, options.serial, knowledge->language);
  if (!phone) return Failed(phone.error(), privacy);
  const auto look = [&] {
    auto report = app::LookAtEveryday({.app = options.app}, **phone, *knowledge);
    if (world.progress) world.progress("");
    return report;
  };
  auto report = look();
  if (!report) return Failed(report.error(), privacy);
  const std::vector<app::PutBackSetting> put_back =
      app::LookAtPutBack(options.serial, *knowledge, world);

  const std::size_t settable = app::CountOfSettable(*report);
  std::optional<app::EverydaySet> set;
  std::string shown;
  if (settable > 0) {
    const std::unique_ptr<ports::Person> person = WhoAnswers(options, world);
    FixTalk talk(person.get(), privacy, world.progress, &knowledge->language);
    bool wanted = options.yes;
    if (person != nullptr) {
      world.say(EverydayText(*report, style, options.verbose) +
                PutBackText(put_back, knowledge->language, style, privacy) + "\n");
      shown = "\n";
      wanted = talk.AskYes(SettableText(knowledge->language, settable));
    }
    if (wanted) {
      auto made = app::SetEverydayHere(
          *report, *knowledge, world, **phone, talk, [&](const repair::ConsentQuestion& question) {
            return person != nullptr && talk.AskYes(knowledge->language.Say(
                                            app::kFaceSays.do_it, {{"question", question.text}}));
          });
      if (world.progress) world.progress("");
      if (!made) return Failed(made.error(), privacy);
      set = *std::move(made);
      // What stands is what the phone says afterwards.
      report = look();
      if (!report) return Failed(report.error(), privacy);
    }
  }

  const bool off = report->CountOf(repair::EverydayState::Is::kOff) > 0;
  Outcome outcome{.status = off ? ExitCode::kTrouble : ExitCode::kHealthy};
  if (options.json) {
    nlohmann::ordered_json json = app::ToJson(*report);
    json["put_back"] = app::ToJson(put_back, privacy);
    json["set"] = set ? app::ToJson(*set) : nlohmann::ordered_json(nullptr);
    outcome.out = Dump(json);
    return outcome;
  }
  // Before a question the report has been shown; what is new since is said after it.
  if (shown.empty())
    outcome.out = EverydayText(*report, style, options.verbose) +
                  PutBackText(put_back, knowledge->language, style, privacy);
  if (set)
    outcome.out += SetText(*set, *report, style);
  else if (settable > 0)
    outcome.out += LaterText(knowledge->language, settable, style);
  return outcome;
}

}  // namespace bk::cli
