#include "server/routes/routes.h"

namespace privity {

void AddEventRoutes(RouteTable& routes, EventHub* events) {
  routes.Add(
      {.method = "GET",
       .path = "/v1/events",
       .id = "events.stream",
       .access = Access::SignedIn(),
       .summary = "News as they happen",
       .description =
           "Server-sent events: hints to look again, such as `jobs.progress`. The stream ends after some minutes and "
           "is opened again by the browser; with Last-Event-ID it begins with what was missed meanwhile.",
       .media_type = "text/event-stream",
       .command = "-"},
      [events](ReadTx& tx, const Call<>& call) -> Result<Response> {
        const std::string_view last_event_id = call.request().headers.Get("Last-Event-ID");
        PRIVITY_TRY(auto channel, events->Subscribe(tx, call.caller(), last_event_id));
        Response response;
        response.headers.Add("Content-Type", "text/event-stream");
        response.headers.Add("X-Accel-Buffering", "no");  // nginx would wait for more
        response.body = std::move(channel);
        return response;
      });
}

}  // namespace privity
