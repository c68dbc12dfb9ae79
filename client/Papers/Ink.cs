using SkiaSharp;

namespace Fulfillment.Client.Papers;

/// <summary>How a text is set: its face, its size in points, and its colour.</summary>
public readonly record struct Ink(Face Face, float Size, SKColor Colour)
{
    /// <summary>Of one line to the next.</summary>
    public float Leading => MathF.Ceiling(Size * 1.32f);

    /// <summary>The same in grey, for what is beside the point.</summary>
    public Ink Quiet => this with { Colour = Grey };

    /// <summary>Text, and bars.</summary>
    public static readonly SKColor Black = new(0x14, 0x16, 0x1A);

    /// <summary>Labels.</summary>
    public static readonly SKColor Grey = new(0x5B, 0x61, 0x6B);

    /// <summary>Lines between rows.</summary>
    public static readonly SKColor Hairline = new(0xCF, 0xD3, 0xD9);

    /// <summary>Behind what belongs together.</summary>
    public static readonly SKColor Tint = new(0xF3, 0xF4, 0xF6);

    /// <summary>Running text of a size.</summary>
    public static Ink Text(float size) => new(Face.Text, size, Black);

    /// <summary>Heavier text of a size.</summary>
    public static Ink Strong(float size) => new(Face.Strong, size, Black);

    /// <summary>An id in a size.</summary>
    public static Ink Code(float size) => new(Face.Code, size, Black);
}

/// <summary>On which side of its place a text stands.</summary>
public enum Side
{
    /// <summary>It begins there.</summary>
    Left,

    /// <summary>Its middle is there.</summary>
    Middle,

    /// <summary>It ends there.</summary>
    Right,
}
