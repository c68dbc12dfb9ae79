using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using Fulfillment.Intake;

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
        routes.MapPost(Path, (Delegate)Take).Describe("placeOrdersInBulk", "Places many orders: a line each, a result each", "orders")
            .Accepts<OrderRequest>("application/x-ndjson").Produces<BulkResult>(200, "application/x-ndjson").Refuses(400, 415);

    static async Task Take(HttpContext http, Backend backend)
    {
        if (!http.IsOfType(ContentType)) throw new ProblemException(Problem.OtherType(ContentType));
        var seat = http.Seat(backend);
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        http.Response.ContentType = "application/x-ndjson";
        Queue<Task<BulkResult>> window = new();
        var number = 0;
        await foreach (var line in Lines(http.Request.BodyReader, http.RequestAborted))
        {
            number++;
            if (IsBlank(line)) continue;
            if (window.Count >= Window) await Write(http, await window.Dequeue(), flush: window.Count % 32 == 0);
            window.Enqueue(Place(line, number, seat, backend, http.RequestAborted));
        }

        while (window.TryDequeue(out var result)) await Write(http, await result, flush: window.Count == 0);
    }

    static async Task<BulkResult> Place(
        byte[]? line, int number, Seat seat, Backend backend, CancellationToken cancel)
    {
        string? id = null;
        try
        {
            if (line is null)
            {
                return new(number, null, 413, null, "too-large", $"A line may have at most {MaxLine} bytes.", null, null);
            }

            var request = Requests.Parse(line, ApiJson.Wire.OrderRequest);
            id = request.Id;
            if (!Fields.IsId(id))
                throw new ProblemException(Problem.Invalid("/id", id is null ? "required" : "bad-id", "must be 1 to 128 characters of A-Z a-z 0-9 . _ - :"));
            var answer = await OrdersApi.Place(OrderIntake.Read(request), id!, seat, backend, Wait);
            return answer switch
            {
                Answer<OrderBody> placed => new(number, id, placed.Status, placed.Body.Status, null, null, null, null),
                Problem { Body.Status: 409 } p => new(number, id, 409, p.Body.Order?.Status, p.Code, p.Body.Detail, null, null),
                Problem p => await Quarantine(p, line, number, id, seat, backend, cancel),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (ProblemException e)
        {
            return await Quarantine(e.Problem, line!, number, id, seat, backend, cancel);
        }
        catch (ClusterException e)
        {
            var problem = Problem.Of(e);
            return new(number, id, problem.Body.Status, null, problem.Code, problem.Body.Detail, null, null);
        }
    }

    static async Task<BulkResult> Quarantine(
        Problem problem, byte[] line, int number, string? id, Seat seat, Backend backend, CancellationToken cancel)
    {
        var key = await QuarantineApi.Keep($"bulk {seat.Origin.Cause} line {number}", line, problem, seat, backend, cancel);
        return new(number, id, problem.Body.Status, null, problem.Code, problem.Body.Detail, problem.Body.Errors, key);
    }

    static async Task Write(HttpContext http, BulkResult result, bool flush)
    {
        var writer = http.Response.BodyWriter;
        writer.Write(JsonSerializer.SerializeToUtf8Bytes(result, ApiJson.Wire.BulkResult));
        writer.Write("\n"u8);
        if (flush || writer.UnflushedBytes > 16_384) await writer.FlushAsync(http.RequestAborted);
    }

    /// <summary>The lines of the body; null for one that is too long.</summary>
    static async IAsyncEnumerable<byte[]?> Lines(
        PipeReader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var skipping = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                if (!skipping) yield return buffer.Slice(0, end).ToArray();
                skipping = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (!skipping && buffer.Length > MaxLine)
            {
                yield return null;
                skipping = true;
            }

            if (skipping) buffer = buffer.Slice(buffer.End);
            if (read.IsCompleted)
            {
                if (buffer.Length > 0) yield return buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                yield break;
            }

            reader.AdvanceTo(buffer.Start, read.Buffer.End);
        }
    }

    static bool IsBlank(byte[]? line) => line is not null && line.All(b => b is (byte)' ' or (byte)'\r' or (byte)'\t');
}
