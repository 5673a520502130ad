// Failures as values.
//
// Four kinds of failure, four treatments (docs/design/0001-errors.md):
//   our bug                 BK_CHECK, which aborts, in release too
//   an operation failed     Result<T> with an Error, whose code says what the caller can do next
//   the input is damaged    not an error: the codec reports Damage, the reader counts an
//   evidence::Loss the peer said no        not an error: a value with its own enum (ATT error, HCI
//   reason, auth status)
#pragma once

#include <cstdio>
#include <cstdlib>
#include <expected>
#include <string>
#include <utility>

namespace bk {

// What the caller can do next, not what went wrong inside.
enum class ErrorCode {
  kNotFound,      // the named thing does not exist: ask for another
  kNotReadable,   // it exists and cannot be read: permissions, I/O error, a directory
  kNotSupported,  // recognised, but nothing here can read it: say what to record instead
  kNotOurs,       // not recognised at all
  kInvalid,       // the caller's words are wrong (options, knowledge files)
  kTooLarge,      // over a named limit
  kTimedOut,
  kStopped,  // the person interrupted
  kRefused,  // the other side said no to the whole operation
};

struct [[nodiscard]] Error {
  ErrorCode code;
  std::string message;  // one sentence for the person, without a trailing newline
};

template <class T>
using Result = std::expected<T, Error>;
using Status = std::expected<void, Error>;

inline std::unexpected<Error> Fail(ErrorCode code, std::string message) {
  return std::unexpected(Error{code, std::move(message)});
}

[[noreturn]] inline void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "bandkeeper: internal error: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace bk

// An invariant of ours; on in release. Never use it on foreign input.
#define BK_CHECK(condition) \
  ((condition) ? (void)0 : ::bk::CheckFailed(#condition, __FILE__, __LINE__))

#define BK_CONCAT_INNER(a, b) a##b
#define BK_CONCAT(a, b) BK_CONCAT_INNER(a, b)
// BK_TRY(auto x, F()); gives x the value of F() or returns its error.
#define BK_TRY(declaration, expression)                                      \
  auto BK_CONCAT(bk_try_, __LINE__) = (expression);                          \
  if (!BK_CONCAT(bk_try_, __LINE__))                                         \
    return std::unexpected(std::move(BK_CONCAT(bk_try_, __LINE__)).error()); \
  declaration = *std::move(BK_CONCAT(bk_try_, __LINE__))
