using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fulfillment.Payments;
using Microsoft.Net.Http.Headers;

namespace Fulfillment.Client.Api;

/// <summary>What every handler needs of a request: who asks, for which seller, and the body.</summary>
public static class Requests
{
    /// <summary>The largest JSON body.</summary>
    public const int MaxBody = 4 << 20;

    /// <summary>Whose everything is when nobody says.</summary>
    public const string DefaultSeller = "default";

    /// <summary>How many items a page has when nobody says, and at most.</summary>
    public const int DefaultLimit = 50, MaxLimit = 500;

    /// <summary>The default and the longest wait for an outcome.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(5), MaxWait = TimeSpan.FromSeconds(60);

    /// <summary>The request's id: the caller's, its trace's, or a new one.</summary>
    public static string RequestId(this HttpContext http)
    {
        string? given = http.Request.Headers["X-Request-Id"];
        if (Fields.IsId(given) && !CardNumbers.IsCard(given)) return given!;
        // version-traceid-parentid-flags (W3C Trace Context, section 3.2).
        string? trace = http.Request.Headers.TraceParent;
        return trace is { Length: 55 } && trace[2] == '-' && Fields.IsId(trace) ? trace.Substring(3, 32)
            : http.TraceIdentifier;
    }

    /// <summary>The caller's seat at the cluster.</summary>
    public static Seat Seat(this HttpContext http, Backend backend) =>
        new(backend.Cluster, http.Seller(), new("api", $"request {http.RequestId()}"));

    /// <summary>For which seller: without a configured identity the caller says so himself.</summary>
    public static string Seller(this HttpContext http)
    {
        string? seller = http.Request.Headers["Seller"];
        if (seller is null) return DefaultSeller;
        return Fields.IsId(seller) ? seller
            : throw new ProblemException(Problem.Invalid("Seller", "bad-id",
                "the header must be an id: 1 to 128 characters of A-Z a-z 0-9 . _ - :"));
    }

    /// <summary>
    /// How long to wait for an outcome (RFC 7240, sections 4.1 and 4.3); what cannot be understood is ignored (section
    /// 2).
    /// </summary>
    public static TimeSpan Wait(this HttpContext http)
    {
        var otherwise = DefaultWait;
        foreach (var value in http.Request.Headers["Prefer"])
        {
            foreach (var preference in (value ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(preference.AsSpan(5), out var seconds) && seconds >= 0)
                    return seconds > MaxWait.TotalSeconds ? MaxWait : TimeSpan.FromSeconds(seconds);
                if (preference.Equals("respond-async", StringComparison.OrdinalIgnoreCase)) otherwise = TimeSpan.Zero;
            }
        }

        return otherwise;
    }

    /// <summary>An id from the path.</summary>
    public static string PathId(string name, string value) => Fields.IsId(value) ? value
        : throw new ProblemException(
            Problem.Invalid(name, "bad-id", "must be 1 to 128 characters of A-Z a-z 0-9 . _ - :"));

    /// <summary>How many items a page may have.</summary>
    public static int Limit(string? limit) => limit is null ? DefaultLimit
        : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var items)
            && !limit.Contains('\0', StringComparison.Ordinal)
            && items is >= 1 and <= MaxLimit ? items
        : throw new ProblemException(
            Problem.Invalid("limit", "out-of-range", $"must be a whole number from 1 to {MaxLimit}"));

    /// <summary>What <see cref="IfMatch"/> says for <c>*</c>: any revision, but there must be one.</summary>
    public const long AnyRevision = -1;

    /// <summary>The revision that the caller expects; null when he expects nothing.</summary>
    public static long? IfMatch(this HttpContext http)
    {
        string? tag = http.Request.Headers.IfMatch;
        if (tag is null) return null;
        if (tag == "*") return AnyRevision;
        return tag.Length > 2 && tag[0] == '"' && tag[^1] == '"' && long.TryParse(tag.AsSpan(1, tag.Length - 2),
            NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision : throw new ProblemException(
                Problem.Invalid("If-Match", "bad-etag", "must be an ETag that we gave, such as \"3\""));
    }

    /// <summary>The idempotency key; null when there is none.</summary>
    public static string? IdempotencyKey(this HttpContext http)
    {
        string? key = http.Request.Headers["Idempotency-Key"];
        if (key is null) return null;
        if (key.Length > 2 && key[0] == '"' && key[^1] == '"') key = key[1..^1];
        return Fields.IsId(key) ? key : throw new ProblemException(Problem.Invalid(
            "Idempotency-Key", "bad-id", "the header must be 1 to 128 characters of A-Z a-z 0-9 . _ - :"));
    }

    /// <summary>Whether the body is said to be of this type, in UTF-8.</summary>
    public static bool IsOfType(this HttpContext http, string wanted) =>
        http.Request.ContentType == wanted
        || (MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
        && type.MediaType.Equals(wanted, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset)
            .Equals("utf-8", StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// The body as text, at most <see cref="MaxBody"/> bytes of JSON, without the card numbers that it may have had.
    /// Throws where one stands as an id.
    /// </summary>
    public static async ValueTask<ReadOnlyMemory<byte>> Body(this HttpContext http) =>
        CardMask.Masked(await http.BodyAsSent(MaxBody));

    /// <summary>
    /// The body byte for byte, at most so many. Whoever keeps or shows anything of it takes <see cref="Body"/>.
    /// </summary>
    public static ValueTask<ReadOnlyMemory<byte>> BodyAsSent(this HttpContext http, int most) =>
        http.IsOfType("application/json") ? http.BodyOfAnyType(most)
            : throw new ProblemException(Problem.OtherType("application/json"));

    /// <summary>The body byte for byte, whatever it is said to be.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> BodyOfAnyType(this HttpContext http, int most)
    {
        if (http.Request.ContentLength > most) throw TooLarge(most);
        var memory = http.RequestServices.GetRequiredService<BodyMemory>();
        BodyMemory.Lease? lease = null;
        var reader = http.Request.BodyReader;
        while (true)
        {
            // Ends when the connection does; Kestrel could not read off the rest of what a token had cut short.
            var read = await reader.ReadAsync(CancellationToken.None);
            var size = read.Buffer.Length;
            if (size > BodyMemory.Small && lease is null) http.Response.RegisterForDispose(lease = memory.Open());
            if (size > most || lease?.TryGrow(size) == false)
            {
                // Let go of, so that Kestrel can read off the rest.
                reader.AdvanceTo(read.Buffer.End);
                throw size > most ? TooLarge(most) : BodyMemory.Full();
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The body read as JSON. Throws what is wrong with it, and where.</summary>
    public static T Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        JsonText.Check(body);
        try
        {
            return JsonSerializer.Deserialize(body, type)
                ?? throw new ProblemException(Problem.Invalid("", "wrong-type", "must be an object"));
        }
        catch (JsonException e)
        {
            throw new ProblemException(Explain(e));
        }
    }

    /// <summary>
    /// A change as its body tells it, and the id of the operation. Throws every field that is wrong, then what
    /// <see cref="Operation"/> throws.
    /// </summary>
    public static async ValueTask<(Seat Seat, string Operation, T Told)> Change<TRequest, T>(
        this HttpContext http, Backend backend, JsonTypeInfo<TRequest> type, Func<Fields, TRequest, T> read)
        where TRequest : class, IChangeRequest
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Parse(body.Span, type);
        Fields fields = new();
        var told = read(fields, request);
        fields.Check();
        return (seat, await http.Operation(backend, seat, request.Id, body), told);
    }

    /// <summary>
    /// Binds the idempotency key, if there is one, to this request. Throws when it belongs to another. Returns the id
    /// of the operation: its own, else the key. To be called once the form of the request is known to be right: who
    /// mends his request may use the key again.
    /// </summary>
    public static async ValueTask<string> Operation(
        this HttpContext http, Backend backend, Seat seat, string? id, ReadOnlyMemory<byte> body)
    {
        var given = http.IdempotencyKey();
        if ((id ?? given) is not { } operation)
            throw new ProblemException(
                Problem.Invalid("/id", "required", "is missing; send it, or an Idempotency-Key header"));
        if (!Fields.IsId(operation))
            throw new ProblemException(
                Problem.Invalid("/id", "bad-id", "must be 1 to 128 characters of A-Z a-z 0-9 . _ - :"));
        if (given is { } key)
        {
            var text = $"{http.Request.Method} {http.Request.Path} {Convert.ToHexString(SHA256.HashData(body.Span))}";
            var claimed = await Intake.IntakeCalls.ClaimKey(seat, key, backend.Keyring.Mark(text), http.RequestAborted);
            if (claimed == Intake.ClaimKeyStatus.OtherContent)
                throw new ProblemException(Problem.OtherContent($"Idempotency-Key {key}"));
        }

        return operation;
    }

    static ProblemException TooLarge(int most) => new(new(
        413, "too-large", "The body is too large.", $"A body may have at most {most} bytes."));

    static Problem Explain(JsonException e)
    {
        var field = JsonText.Pointer(e.Path);
        var says = e.Message;
        if (says.Contains("could not be converted", StringComparison.Ordinal))
            return Problem.Invalid(field, "wrong-type", "has a value of the wrong type, or one that is out of range");
        if (says.Contains("could not be mapped", StringComparison.Ordinal))
            return Problem.Invalid(field, "unknown-field", "is not a field of this request");
        if (says.Contains("uplicate", StringComparison.Ordinal))
            return Problem.Invalid(field, "duplicate-field", "has a field twice");
        if (says.Contains("maximum configured depth", StringComparison.Ordinal))
            return Problem.Invalid(field, "too-deep", "is nested too deeply");
        return Problem.Invalid(field, "malformed-json",
            $"cannot be read as JSON, or ends too soon: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
    }
}

/// <summary>A request for a change: by its own id, else by the idempotency key.</summary>
public interface IChangeRequest
{
    string? Id { get; }
}
