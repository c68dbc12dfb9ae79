using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Fulfillment.Client.Api;

/// <summary>
/// Bulk intake: one order per line in, one result per line out, in order, as a stream of any length. A line that cannot
/// be taken in is kept in quarantine, with the reasons, and holds nothing up.
/// </summary>
public static class BulkApi
{
    const int Window = 256, MaxLine = Requests.MaxBody;
    static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    /// <summary>Where it is, and what it takes.</summary>
    public const string Path = "/v1/orders/bulk", ContentType = "application/x-ndjson";

    /// <summary>Adds the route.</summary>
    public static void MapBulk(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, (Delegate)Take)
            .Describe("placeOrdersInBulk", "Places many orders: a line each, a result each", "orders")
            .Accepts<OrderRequest>("application/x-ndjson").Produces<BulkResult>(200, "application/x-ndjson")
            .Refuses(400, 415);

    static async Task Take(HttpContext http, Backend backend)
    {
        if (!http.IsOfType(ContentType)) throw new ProblemException(Problem.OtherType(ContentType));
        var seat = http.Seat(backend);
        var source = http.IdempotencyKey() is { } key ? $"bulk {key}" : $"bulk {seat.Origin.Cause}";
        // Whoever feeds lines as they arise may pause; the connection costs little.
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        http.Response.ContentType = ContentType;
        var results = Channel.CreateBounded<Task<BulkResult>>(Window);
        OneByOne orders = new();
        var reading = Read(
            http, results.Writer, (line, number) => Begin(line, number, source, seat, backend, http, orders));
        await LineStream.Write(http.Response.BodyWriter, results.Reader, ApiJson.Wire.BulkResult);
        // Part of the upload never came: the answer must not look whole.
        if (!await reading) http.Abort();
    }

    /// <summary>Begins with every line as it comes in; false when the upload broke off.</summary>
    static async Task<bool> Read(
        HttpContext http, ChannelWriter<Task<BulkResult>> results, Func<byte[]?, int, Task<BulkResult>> place)
    {
        try
        {
            var number = 0;
            await foreach (var line in LineStream.Lines(http.Request.BodyReader, MaxLine, http.RequestAborted))
            {
                number++;
                if (LineStream.IsBlank(line)) continue;
                var result = place(line, number);
                await results.WriteAsync(result, http.RequestAborted);
                // Many small lines are under way at once, large ones one by one: memory has an end.
                if (line?.Length > BodyMemory.Small) await Task.WhenAny(result);
            }

            return true;
        }
        catch (Exception e) when (e is BadHttpRequestException or IOException or OperationCanceledException)
        {
            // What was received whole is taken in all the same; the caller repeats the upload, and nothing is done
            // twice.
            return false;
        }
        finally
        {
            results.Complete();
        }
    }

    /// <summary>
    /// Begins with a line; lines of the same order are worked on in their order, for the first one is the order.
    /// </summary>
    static Task<BulkResult> Begin(
        byte[]? line, int number, string source, Seat seat, Backend backend, HttpContext http, OneByOne orders)
    {
        if (line is null)
        {
            return Task.FromResult(new BulkResult(
                number, null, 413, null, "too-large", $"A line may have at most {MaxLine} bytes.", null, null));
        }

        var problem = CardMask.Apply(line, out var masked);
        OrderRequest? request = null;
        string? id = null;
        try
        {
            if (problem is null)
            {
                request = Requests.Parse(masked, ApiJson.Wire.OrderRequest);
                Fields fields = new();
                var given = fields.Id("/id", request.Id);
                fields.Check();
                id = given;
            }
        }
        catch (ProblemException e)
        {
            problem = e.Problem;
        }

        Task<BulkResult> Work() => Place(new(number, masked, request, id, problem), source, seat, backend, http);
        return id is null ? Work() : orders.Begin(id, Work);
    }

    /// <summary>A line: the order that it asks for, or why it asks for none.</summary>
    sealed record Line(int Number, byte[] Text, OrderRequest? Request, string? Id, Problem? Problem);

    static async Task<BulkResult> Place(Line line, string source, Seat seat, Backend backend, HttpContext http)
    {
        try
        {
            try
            {
                if (line.Problem is not null) throw new ProblemException(line.Problem);
                var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
                var draft = OrderIntake.Read(line.Request!);
                var (place, refused) = await OrdersApi.Judge(draft, line.Id!, seat, backend, now);
                return (refused ?? await OrdersApi.Place(place!, line.Id!, seat, Wait)) switch
                {
                    Answer<OrderBody> placed =>
                        new(line.Number, line.Id, placed.Status, placed.Body.Status, null, null, null, null),
                    Problem { Body.Status: 409 } p =>
                        new(line.Number, line.Id, 409, p.Body.Order?.Status, p.Code, p.Body.Detail, null, null),
                    Problem p => throw new ProblemException(p),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            }
            catch (ProblemException e)
            {
                return await Quarantine(e.Problem, line, source, seat, backend);
            }
        }
        catch (ClusterException e)
        {
            return Failed(line, Problem.Of(e));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One line must not end the others.
            Log.Crashed(http.RequestServices.GetRequiredService<ILogger<Backend>>(), "POST",
                $"{Path} line {line.Number}", source, e);
            return Failed(line, Problem.Internal());
        }
    }

    static BulkResult Failed(Line line, Problem problem) => new(
        line.Number, line.Id, problem.Body.Status, null, problem.Code, problem.Body.Detail, problem.Body.Errors, null);

    static async Task<BulkResult> Quarantine(Problem problem, Line line, string source, Seat seat, Backend backend)
    {
        var key = await QuarantineApi.Keep(
            $"{source} line {line.Number}", line.Text, problem, seat, backend, CancellationToken.None);
        return Failed(line, problem) with { Quarantine = key };
    }
}
