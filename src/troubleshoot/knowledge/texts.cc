#include "troubleshoot/knowledge/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace bk::troubleshoot {
namespace {

struct Visitor {
  std::function<void(const std::string& key, std::string& text)> text;
  std::function<void(const std::string& key, std::vector<std::string>& steps)> steps;
};

// The one list of what is translated.
void Visit(Knowledge& knowledge, const Visitor& visitor) {
  std::string thing;
  const auto text = [&](std::string_view key, std::string& value) {
    if (!value.empty()) visitor.text(fmt::format("{}.{}", thing, key), value);
  };
  for (Layer& layer : knowledge.layers) {
    thing = "layer." + layer.id;
    text("title", layer.title);
    text("within", layer.within);
    text("ok", layer.ok_text);
    text("trouble", layer.trouble_text);
    text("unknown", layer.unknown_text);
  }
  for (FindingKind& finding : knowledge.findings) {
    thing = "finding." + finding.id;
    text("statement", finding.statement);
    text("question", finding.question);
    text("why", finding.why);
  }
  for (Cause& cause : knowledge.causes) {
    thing = "cause." + cause.id;
    text("title", cause.title);
    text("explain", cause.explain);
    text("instead", cause.instead);
  }
  for (Fix& fix : knowledge.fixes) {
    thing = "fix." + fix.id;
    text("title", fix.title);
    text("title_if_unsure", fix.title_if_unsure);
    text("loss_text", fix.loss_text);
    text("check", fix.check);
    text("undo", fix.undo);
    for (Words& words : fix.words)
      visitor.steps(fmt::format("{}.steps.{}", thing, WordsKey(words)), words.steps);
  }
  for (ChoiceQuestion& choice : knowledge.choices) {
    thing = "choice." + choice.id;
    text("question", choice.question);
    text("why", choice.why);
    text("none_words", choice.none_words);
    for (ChoiceOption& option : choice.options)
      text(fmt::format("option.{}", option.id), option.words);
  }
}

}  // namespace

std::string WordsKey(const Words& words) {
  std::string key = words.maker;
  const auto add = [&](const std::string& part) { key += (key.empty() ? "" : "_") + part; };
  if (words.android_min != 0) add(fmt::format("android_{}_up", words.android_min));
  if (words.android_max != 0) add(fmt::format("android_to_{}", words.android_max));
  return key.empty() ? "any" : key;
}

std::vector<TextEntry> EnglishTexts(const Knowledge& knowledge,
                                    std::span<const language::Message> messages) {
  std::vector<TextEntry> entries;
  Knowledge copy = knowledge;
  Visit(copy,
        {.text = [&](const std::string& key,
                     std::string& text) { entries.push_back({key, {text}, false}); },
         .steps = [&](const std::string& key,
                      std::vector<std::string>& steps) { entries.push_back({key, steps, true}); }});
  for (const language::Message& message : messages)
    entries.push_back({std::string(language::kMessagePrefix) + std::string(message.id),
                       {std::string(message.english)},
                       false});
  return entries;
}

Knowledge InLanguage(const Knowledge& knowledge, const language::Language& language) {
  Knowledge translated = knowledge;
  translated.language = language;
  const auto said = [&](const std::string& key) -> const std::vector<std::string>* {
    const auto found = language.texts.find(key);
    return found == language.texts.end() || found->second.empty() ? nullptr : &found->second;
  };
  Visit(translated, {.text =
                         [&](const std::string& key, std::string& text) {
                           if (const auto* there = said(key)) text = there->front();
                         },
                     .steps =
                         [&](const std::string& key, std::vector<std::string>& steps) {
                           if (const auto* there = said(key)) steps = *there;
                         }});
  return translated;
}

const language::Language* FindLanguage(const Knowledge& knowledge, std::string_view code) {
  const auto found = std::ranges::find(knowledge.languages, code, &language::Language::code);
  return found == knowledge.languages.end() ? nullptr : &*found;
}

}  // namespace bk::troubleshoot
