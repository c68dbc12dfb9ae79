using SkiaSharp;

namespace Fulfillment.Client.Api;

/// <summary>What an image is, as its own bytes say.</summary>
sealed record ImageFacts(string MediaType, int Width, int Height);

/// <summary>
/// Reads images, and makes small ones of them: drawn anew, so that nothing of the camera, the place or the time that
/// the original tells is in them. One is decoded at a time, for a decoded image takes four bytes a pixel.
/// </summary>
sealed class Thumbnails : IDisposable
{
    /// <summary>The most pixels of an image: a file of a few kilobytes can unfold to gigabytes.</summary>
    public const long MostPixels = 40_000_000;

    /// <summary>The longest sides of what is made, in pixels.</summary>
    public static readonly int[] Sizes = [160, 640];

    const int Quality = 85;

    readonly SemaphoreSlim _one = new(1);

    /// <summary>What the image is; null for what is none of PNG, JPEG, WebP and GIF.</summary>
    public static ImageFacts? Read(ReadOnlySpan<byte> bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || MediaTypeOf(codec.EncodedFormat) is not { } type) return null;
        var turned = codec.EncodedOrigin >= SKEncodedOrigin.LeftTop;
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        return turned ? new(type, height, width) : new(type, width, height);
    }

    /// <summary>What a stored image is, by its format's signature; it was decoded when it came.</summary>
    public static string TypeOf(ReadOnlySpan<byte> stored) =>
        stored.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : stored.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : stored.StartsWith("GIF8"u8) ? "image/gif" : "image/webp";

    /// <summary>
    /// The image with its longer side so long, no larger than it is, as PNG; null when it cannot be decoded.
    /// </summary>
    public async ValueTask<byte[]?> Make(byte[] bytes, int side, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            return Draw(bytes, side);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    static byte[]? Draw(byte[] bytes, int side)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height > MostPixels) return null;
        using SKBitmap bitmap = new(new SKImageInfo(
            codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success) return null;
        var turned = codec.EncodedOrigin >= SKEncodedOrigin.LeftTop;
        var (width, height) = turned ? (bitmap.Height, bitmap.Width) : (bitmap.Width, bitmap.Height);
        var scale = Math.Min(1f, (float)side / Math.Max(width, height));
        SKImageInfo small = new(
            Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)), SKColorType.Rgba8888,
            SKAlphaType.Premul);
        using var surface = SKSurface.Create(small);
        surface.Canvas.Scale(small.Width / (float)width, small.Height / (float)height);
        surface.Canvas.Concat(Upright(codec.EncodedOrigin, width, height));
        using var whole = SKImage.FromBitmap(bitmap);
        surface.Canvas.DrawImage(whole, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var image = surface.Snapshot();
        using var encoded = codec.EncodedFormat == SKEncodedImageFormat.Jpeg
            ? image.Encode(SKEncodedImageFormat.Jpeg, Quality) : image.Encode(SKEncodedImageFormat.Png, Quality);
        return encoded.ToArray();
    }

    /// <summary>
    /// Turns what the camera held otherwise upright (Exif 2.32, orientation); sizes are those after it.
    /// </summary>
    static SKMatrix Upright(SKEncodedOrigin origin, float w, float h) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, w, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, w, -1, 0, h, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, h, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    static string? MediaTypeOf(SKEncodedImageFormat format) => format switch
    {
        SKEncodedImageFormat.Png => "image/png",
        SKEncodedImageFormat.Jpeg => "image/jpeg",
        SKEncodedImageFormat.Webp => "image/webp",
        SKEncodedImageFormat.Gif => "image/gif",
        _ => null,
    };
}
