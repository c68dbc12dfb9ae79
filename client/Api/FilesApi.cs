using System.Security.Cryptography;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>
/// Images as stored files, named by the SHA-256 of their bytes. A card names one as <c>sha256:</c> and its hash.
/// Nothing is ever deleted: a card of the past may name it.
/// </summary>
public static class FilesApi
{
    /// <summary>The largest file.</summary>
    public const int MostBytes = 20 << 20;

    /// <summary>How a card names a stored file.</summary>
    public const string Prefix = "sha256:";

    const string Folder = "/v1/files/", Path = Folder + "{hash}";

    /// <summary>Adds the routes.</summary>
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/files", Post)
            .Describe("postFile", "Stores an image: PNG, JPEG, WebP or GIF, found by its content", "files")
            .Accepts<byte[]>("application/octet-stream", "image/png", "image/jpeg", "image/webp", "image/gif")
            .Answers<FileBody>(200, 201).Refuses(400, 413);
        routes.MapGet(Path, Get).Describe("getFile", "A stored image, byte for byte", "files")
            .Produces<byte[]>(200, "application/octet-stream").Produces(304).Refuses(400, 404);
        routes.MapGet(Path + "/thumbnails/{size:int}", Thumbnail)
            .Describe("getThumbnail", "The image with its longer side so many pixels long", "files")
            .Produces<byte[]>(200, "application/octet-stream").Produces(304).Refuses(400, 404);
    }

    static async Task<IResult> Post(HttpContext http, Backend backend, Thumbnails thumbnails)
    {
        var seller = http.Seller();
        var body = (await http.BodyOfAnyType(MostBytes)).ToArray();
        if (body.Length == 0) return Problem.Invalid("", "required", "is missing: send the image's bytes");
        if (Thumbnails.Read(body) is not { } facts)
            return Problem.Invalid("", "unknown-type", "is no PNG, JPEG, WebP or GIF");
        if ((long)facts.Width * facts.Height > Thumbnails.MostPixels)
            return Problem.Invalid(
                "", "too-many-pixels", $"is {facts.Width} x {facts.Height}; at most {Thumbnails.MostPixels} pixels");
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        foreach (var size in Thumbnails.Sizes)
        {
            // Made first: an image that cannot be drawn is not stored.
            if (await backend.Files.Has(seller, Small(hash, size), http.RequestAborted)) continue;
            if (await thumbnails.Make(body, size, http.RequestAborted) is not { } small)
                return Problem.Invalid("", "unreadable", "is damaged: it cannot be decoded");
            await backend.Files.Keep(seller, Small(hash, size), small, http.RequestAborted);
        }

        var isNew = await backend.Files.Keep(seller, hash, body, http.RequestAborted);
        FileBody answer = new(
            hash, $"{Prefix}{hash}", facts.MediaType, body.Length, facts.Width, facts.Height, $"/v1/files/{hash}",
            [.. Thumbnails.Sizes.Select(s => new ThumbnailBody(s, $"/v1/files/{hash}/thumbnails/{s}"))]);
        return isNew ? Answer.Created(answer, ApiJson.Wire.FileBody, answer.Url)
            : Answer.Ok(answer, ApiJson.Wire.FileBody);
    }

    static Task<IResult> Get(HttpContext http, Backend backend, string hash) => Send(http, backend, hash, hash);

    static async Task<IResult> Thumbnail(HttpContext http, Backend backend, string hash, int size) =>
        Thumbnails.Sizes.Contains(size) ? await Send(http, backend, hash, Small(hash, size))
            : Problem.NotFound(
                "unknown-size", $"There are thumbnails of {string.Join(" and ", Thumbnails.Sizes)} pixels.");

    static async Task<IResult> Send(HttpContext http, Backend backend, string hash, string file)
    {
        if (!IsHash(hash)) return Problem.Invalid("hash", "bad-hash", "must be 64 digits of 0-9 a-f");
        var response = http.Response;
        var tag = $"\"{file}\"";
        if (http.Request.Headers.IfNoneMatch.Contains(tag)
            && await backend.Files.Has(http.Seller(), file, http.RequestAborted))
        {
            response.Headers.ETag = tag;
            return Results.StatusCode(304);
        }

        if (await backend.Files.Open(http.Seller(), file, http.RequestAborted) is not { } stored)
            return Problem.NotFound("unknown-file", $"There is no file {hash}.");
        response.Headers.ETag = tag;
        // Of one seller: no cache that others share keeps it.
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentLength = stored.Length;
        return Results.Stream(stored.Content, Thumbnails.TypeOf(stored.Head.Span));
    }

    /// <summary>The name under which a thumbnail is kept: as long as a hash is, so that no hash is like it.</summary>
    static string Small(string hash, int size) => $"{hash}-{size}";

    static bool IsHash(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower);

    /// <summary>Whether a text names a stored file: digits in it are of its hash, and no card's.</summary>
    internal static bool IsImage(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && IsHash(text[Prefix.Length..]);

    /// <summary>Whether a path is of a stored file.</summary>
    internal static bool IsPath(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && path.Length >= Folder.Length + 64
        && IsHash(path.Substring(Folder.Length, 64))
        && (path.Length == Folder.Length + 64 || path[Folder.Length + 64] == '/');

    /// <summary>Adds each image that should be a stored file and is not there.</summary>
    internal static async ValueTask CheckImages(Seat seat, Backend backend, SkuCard card, CancellationToken cancel) =>
        await CheckImages(seat.Seller, backend, "/images", card.Images, cancel);

    /// <inheritdoc cref="CheckImages(Seat, Backend, SkuCard, CancellationToken)"/>
    internal static async ValueTask CheckImages(
        string seller, Backend backend, string at, IReadOnlyList<string> images, CancellationToken cancel)
    {
        Fields fields = new();
        for (var i = 0; i < images.Count; i++)
        {
            if (!images[i].StartsWith(Prefix, StringComparison.Ordinal)) continue;
            var hash = images[i][Prefix.Length..];
            if (!IsHash(hash)) fields.Add($"{at}/{i}", "bad-hash", "must be sha256: and 64 digits of 0-9 a-f");
            else if (!await backend.Files.Has(seller, hash, cancel))
                fields.Add($"{at}/{i}", "unknown-image", "is no stored file");
        }

        fields.Check();
    }
}

/// <summary>A stored image. <c>Image</c>: how a card names it. Sizes in pixels, as it is to be seen.</summary>
public sealed record FileBody(
    string Hash, string Image, string Type, int Bytes, int Width, int Height, string Url,
    IReadOnlyList<ThumbnailBody> Thumbnails);

/// <summary>A small one, and how long its longer side is at most.</summary>
public sealed record ThumbnailBody(int Size, string Url);
