// The keys of bands, kept for their owner alone. A key is read from here straight into a session
// and goes nowhere else: it is in no report, log or message.
#pragma once

#include <optional>
#include <string_view>

#include "base/address.h"
#include "language/language.h"
#include "ports/cipher.h"
#include "ports/store.h"

namespace bk::app {

// 32 hex digits, as key tools print them: "0x" before, blanks around and between are taken away.
// kInvalid says what a key looks like, never what was given.
Result<ports::Block16> ParseBandKey(std::string_view text, const language::Language& language = {});

// nullopt: none is kept for this band.
Result<std::optional<ports::Block16>> LoadBandKey(ports::Store& store, Address band,
                                                  const language::Language& language = {});
Status SaveBandKey(ports::Store& store, Address band, const ports::Block16& key);
Status ForgetBandKey(ports::Store& store, Address band);

// From the operating system; nothing of it can be guessed from what the program does. nullopt: it
// gives none.
std::optional<ports::Block16> RandomBlock();

}  // namespace bk::app
