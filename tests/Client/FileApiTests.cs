using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Fulfillment.Client.Api;
using Fulfillment.Composition;
using Fulfillment.Tests.Support;
using SkiaSharp;

namespace Fulfillment.Tests.Client;

/// <summary>Images as stored files: named by their hash, with small ones of them, and named by cards.</summary>
public sealed class FileApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    static byte[] Image(SKEncodedImageFormat format, int width, int height)
    {
        using SKBitmap bitmap = new(width, height);
        bitmap.Erase(SKColors.Teal);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>With what a camera adds: that it lay on its side, and where it was.</summary>
    static byte[] FromCamera(byte[] jpeg)
    {
        // Exif 2.32, 4.5: a TIFF header, one directory with the orientation 6, then whatever.
        byte[] exif =
        [
            .. "Exif\0\0MM\0*\0\0\0\b"u8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, .. "51.3N 12.4E"u8,
        ];
        byte[] marker = [0xFF, 0xE1, 0, (byte)(exif.Length + 2)];
        return [.. jpeg[..2], .. marker, .. exif, .. jpeg[2..]];
    }

    Task<Answer> Post(byte[] bytes, string type = "image/png") => api.Send("POST", "/v1/files", bytes, type);

    async Task<(HttpStatusCode Status, byte[] Bytes, string? Tag, string? Type)> Get(string path, string? tag = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await api.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(), answer.Headers.ETag?.Tag,
            answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Digits_of_a_hash_are_no_card_number()
    {
        const string hash = "5d8f6cce532a7aeb57196be62344095936793400b3aeb3580d248b17d5518a86";
        (await api.Put("/v1/skus/HASH", $$"""{"title":"x","images":["sha256:{{hash}}"]}"""))
            .IsProblem(400, "unknown-image", "/images/0");
        (await api.Get($"/v1/files/{hash}")).IsProblem(404, "unknown-file");
        (await api.Get($"/v1/files/{hash}/thumbnails/160")).IsProblem(404, "unknown-file");
    }

    [Fact]
    public async Task An_image_is_named_by_its_hash_and_given_back_byte_for_byte()
    {
        var png = Image(SKEncodedImageFormat.Png, 800, 400);
        var stored = (await Post(png, "application/octet-stream")).Is(201);
        var hash = Convert.ToHexStringLower(SHA256.HashData(png));
        Assert.Equal((hash, "image/png", 800L, 400L), (
            stored.Text("hash"), stored.Text("type"), stored.Number("width"), stored.Number("height")));
        (await Post(png)).Is(200);
        var read = await Get($"/v1/files/{hash}");
        Assert.Equal(png, read.Bytes);
        Assert.Equal(($"\"{hash}\"", "image/png"), (read.Tag, read.Type));
        Assert.Equal(HttpStatusCode.NotModified, (await Get($"/v1/files/{hash}", read.Tag)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Http.SendAsync(new(HttpMethod.Get, $"/v1/files/{hash}")
        {
            Headers = { { "Seller", "other" } },
        })).StatusCode);

        var small = await Get(stored.Text("thumbnails/0/url")!);
        using var decoded = SKBitmap.Decode(small.Bytes);
        Assert.Equal((160, 80), (decoded.Width, decoded.Height));
        (await api.Get($"/v1/files/{hash}/thumbnails/17")).IsProblem(404, "unknown-size");
        var file = Directory.EnumerateFiles(Path.Combine(api.Folder, "files"), "*", SearchOption.AllDirectories);
        Assert.Equal(3, file.Count(f => Path.GetFileName(f).StartsWith(hash, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_camera_adds_is_in_no_small_image_and_turns_it_upright()
    {
        var jpeg = FromCamera(Image(SKEncodedImageFormat.Jpeg, 400, 200));
        var stored = (await Post(jpeg, "image/jpeg")).Is(201);
        Assert.Equal((200L, 400L), (stored.Number("width"), stored.Number("height")));
        var small = await Get(stored.Text("thumbnails/0/url")!);
        using var decoded = SKBitmap.Decode(small.Bytes);
        Assert.Equal((80, 160, "image/jpeg"), (decoded.Width, decoded.Height, small.Type));
        Assert.DoesNotContain("51.3N", Encoding.Latin1.GetString(small.Bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(small.Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Webp, "image/webp")]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg")]
    public async Task The_type_is_found_by_the_content(SKEncodedImageFormat format, string type) =>
        Assert.Equal(type, (await Post(Image(format, 3, 5))).Is(201).Text("type"));

    [Fact]
    public async Task What_is_no_image_or_unfolds_to_too_much_is_refused()
    {
        (await Post("<svg/>"u8.ToArray())).IsProblem(400, "unknown-type");
        (await Post([])).IsProblem(400, "required");
        (await Post(new byte[FilesApi.MostBytes + 1])).IsProblem(413, "too-large");
        (await Post(Header(60_000, 60_000))).IsProblem(400, "too-many-pixels");
        (await Post(Header(60, 60))).IsProblem(400, "unreadable");
    }

    /// <summary>A PNG (RFC 2083) that says how large it is, and ends.</summary>
    static byte[] Header(int width, int height)
    {
        var chunk = new byte[17];
        "IHDR"u8.CopyTo(chunk);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(8), height);
        (chunk[12], chunk[13]) = (8, 6);
        var crc = uint.MaxValue;
        foreach (var b in chunk)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        var check = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(check, ~crc);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. chunk, .. check, 0, 0, 0, 1, .. "IDAT"u8, 0];
    }

    [Fact]
    public async Task A_card_names_a_stored_file_only_if_it_is_there()
    {
        var image = (await Post(Image(SKEncodedImageFormat.Png, 7, 7))).Is(201).Text("image");
        var none = $"sha256:{new string('0', 64)}";
        var put = (await Put($"\"http://x/y\",\"{image}\"")).Is(201);
        Assert.Equal(image, put.Text("images/1"));
        (await Put($"\"{none}\"")).IsProblem(400, "unknown-image", "/images/0");
        (await Put("\"sha256:zz\"")).IsProblem(400, "bad-hash", "/images/0");
        (await api.Put("/v1/products/IMG", $$"""{"title":"x","images":["{{none}}"]}"""))
            .IsProblem(400, "unknown-image", "/images/0");

        Task<Answer> Put(string images) => api.Put("/v1/skus/IMG", $$"""{"title":"x","images":[{{images}}]}""");
    }

    /// <summary>All bytes of a stored file, whose length and head say the same.</summary>
    internal static async Task<byte[]> Whole(StoredFile? file)
    {
        await using var content = file!.Content;
        using MemoryStream read = new();
        await content.CopyToAsync(read);
        var bytes = read.ToArray();
        Assert.Equal(file.Length, bytes.Length);
        Assert.Equal(bytes.AsSpan(0, Math.Min(bytes.Length, StoredFile.HeadBytes)), file.Head.Span);
        return bytes;
    }

    [Fact]
    public async Task A_seller_whose_id_is_two_dots_keeps_his_files_to_himself()
    {
        using TempFolder folder = new();
        FolderFiles files = new(Path.Combine(folder.Path, "files"));
        var hash = new string('a', 64);
        Assert.True(await files.Keep("..", hash, "x"u8.ToArray()));
        Assert.False(await files.Keep("..", hash, "x"u8.ToArray()));
        Assert.False(await files.Has("a:b", hash));
        Assert.Equal("x"u8.ToArray(), await Whole(await files.Open("..", hash)));
        Assert.Null(await files.Open("a:b", hash));
        Assert.Equal("files", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path))));
    }

    [Fact]
    public async Task One_of_many_at_once_leaves_a_note_and_may_take_it_back()
    {
        using TempFolder folder = new();
        await Notes(new FolderFiles(folder.Path));
    }

    /// <summary>What holds for notes wherever they are.</summary>
    internal static async Task Notes(IStoredFiles files)
    {
        var name = $"{new string('c', 64)}-label-asked";
        for (var round = 0; round < 20; round++)
        {
            var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(
                i => Task.Run(async () => await files.Claim("s", name, new[] { (byte)i }))));
            Assert.Single(first, f => f);
            Assert.True(await files.Has("s", name));
            Assert.False(await files.Claim("s", name, new byte[] { 9 }));
            Assert.False(await files.Has("t", name));
            await files.Release("s", name);
            await files.Release("s", name);
            Assert.False(await files.Has("s", name));
        }
    }

    [Fact]
    public async Task Every_answer_about_files_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        var stored = (await Post(Image(SKEncodedImageFormat.Png, 9, 9))).Is(201);
        Assert.Empty(check.Misfits(check.Component("FileBody"), stored.Json));
    }
}
