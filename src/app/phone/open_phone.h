// Opens a phone and says in the person's language why it cannot be opened. The adapter's own
// sentences are English; in another language the state that it tells decides on the sentence.
#pragma once

#include <memory>
#include <string>

#include "language/language.h"
#include "ports/phone.h"

namespace bk::app {

// What a phone's state means and what to do; empty when it is ready.
std::string StateSentence(const ports::PhoneSeen& phone, const language::Language& language);

// Why the phones could not even be listed.
std::string TroubleSentence(const Error& listing, const language::Language& language);

// ports::Phones::Open. The error keeps its code.
Result<std::unique_ptr<ports::Phone>> OpenPhone(ports::Phones& phones, const std::string& serial,
                                                const language::Language& language);

}  // namespace bk::app
