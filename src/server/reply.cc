// What goes out: documents, errors, files of the page; each with the fields that keep others out.
#include <fmt/format.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/write.hpp>

#include "server/connection.h"
#include "server/fields.h"
#include "server/limits.h"

namespace bk::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

// Of large documents that a page may have already (FNV-1a; it protects nothing).
std::string EtagOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return fmt::format("\"{:016x}\"", hash);
}

}  // namespace

Connection::Yes Connection::Write(Response& response, std::string_view policy) {
  response.version(11);
  response.keep_alive(keep_);
  AddSafety(response, policy);
  Within(kWriteTime);
  error_code error;
  co_await http::async_write(socket_, response, asio::redirect_error(asio::use_awaitable, error));
  co_return !error && keep_;
}

Connection::Yes Connection::Send(app::Answered answered, std::string_view allow) {
  Response response(static_cast<http::status>(answered.status), 11);
  response.set(http::field::content_type, answered.type);
  response.set(http::field::cache_control, "no-store");
  if (!allow.empty()) response.set(http::field::allow, std::string(allow));
  if (!answered.file_name.empty())
    response.set(http::field::content_disposition,
                 "attachment; filename=\"" + answered.file_name + "\"");
  if (answered.raw) {
    const std::string etag = EtagOf(*answered.raw);
    response.set(http::field::etag, etag);
    response.set(http::field::cache_control, "no-cache");
    if (etag == etag_asked_)
      response.result(http::status::not_modified);
    else
      response.body() = *std::move(answered.raw);
  } else {
    response.body() =
        answered.body.dump(-1, ' ', false, app::Answered::Json::error_handler_t::replace);
  }
  response.prepare_payload();
  co_return co_await Write(response);
}

Connection::Yes Connection::Break(int status, std::string_view code, std::string_view text,
                                  std::string_view allow) {
  const bool unread = body_left_;
  if (unread) keep_ = false;
  // A stranger gets one answer.
  if (status == 401 || status == 403) keep_ = false;
  const bool on = co_await Send(app::Answered::Wrong(status, code, text), allow);
  if (unread) co_await Linger();
  co_return on;
}

Connection::Yes Connection::SendAsset(const Asset& asset, Parser& parser) {
  const auto& head = parser.get();
  const bool fresh = etag_asked_ == asset.etag;
  const auto accepts = head[http::field::accept_encoding];
  const std::string_view form = BestForm(asset, {accepts.data(), accepts.size()});
  Response response(fresh ? http::status::not_modified : http::status::ok, 11);
  response.set(http::field::content_type, {asset.type.data(), asset.type.size()});
  response.set(http::field::etag, {asset.etag.data(), asset.etag.size()});
  response.set(http::field::vary, "Accept-Encoding");
  response.set(http::field::cache_control,
               asset.for_ever ? "private, max-age=31536000, immutable" : "no-cache");
  if (!fresh) {
    const std::string_view bytes = form == "br"     ? asset.brotli
                                   : form == "gzip" ? asset.gzip
                                                    : asset.plain;
    if (!form.empty()) response.set(http::field::content_encoding, {form.data(), form.size()});
    response.body() = bytes;
  }
  response.prepare_payload();
  if (head.method() == http::verb::head) response.body().clear();
  co_return co_await Write(response, asset.policy);
}

}  // namespace bk::server
