using Fulfillment.Ordering;
using Fulfillment.Packing;

namespace Fulfillment.Client.Api;

/// <summary>What is at a bench leaves by its closed boxes.</summary>
static class PackBenchShipping
{
    /// <summary>The order as nobody sees it: it has its own say when boxes are to leave.</summary>
    public static readonly PackSight Unseen = new(0, false, [], [], []);

    /// <summary>Ships boxes; a repeat has the answer of the first, unless the order refused that.</summary>
    public static async Task<IResult> Ship(HttpContext http, Seat seat, string id, PackCommand.ShipBoxes ship)
    {
        var job = seat.PackJob(id);
        var reply = await job.Change(ship, http.RequestAborted);
        if (PackBenchAnswers.Refused(reply, id, ship.Id) is { } refused) return refused;
        var number = reply.Ship;
        if (number is not { } n) return Problem.OtherContent($"The id {ship.Id}");
        reply = await PackBenchApi.Settled(http, job, reply);
        var (order, at, now, _) = await PackBench.Look(seat, id, http.RequestAborted);
        return reply.Sheet!.Ships[n - 1].Status is { } told
            ? FulfilmentsApi.Answered(
                new(told, now), id, order, at, ship.Id, "already-shipped", "Nothing is left to ship")
            : Answer.Accepted(
                now.Fulfilments[at - 1].Body(order), ApiJson.Wire.FulfilmentBody, $"/v1/fulfilment-orders/{id}");
    }
}
