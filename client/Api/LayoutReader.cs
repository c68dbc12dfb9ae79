using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Reads requests about zones, aisles and bins, gathering what is wrong with them.</summary>
static class LayoutReader
{
    /// <summary>Nothing of a node is further from its origin: 20 km.</summary>
    public const int MostMm = 20_000_000;

    const int MostHandles = 20, MostOfKind = 1_000;
    const long MostVolume = 1_000_000_000_000_000, MostGrams = 1_000_000_000_000;

    public static Zone Zone(string id, ZoneRequest request)
    {
        Fields fields = new();
        if (request.Handles?.Count > MostHandles)
            fields.Add("/handles", "too-many", $"must name at most {MostHandles}");
        Zone zone = new(
            id, fields.Word<ZoneKind>("/kind", request.Kind),
            [.. (request.Handles ?? []).Take(MostHandles).Select((h, i) => fields.Id($"/handles/{i}", h)).Distinct()
                .Order(StringComparer.Ordinal)],
            request.Entry is null ? null : Spot(fields, "/entry", request.Entry));
        fields.Check();
        return zone;
    }

    public static Aisle Aisle(string id, AisleRequest request)
    {
        Fields fields = new();
        Aisle aisle = new(
            id, Spot(fields, "/start", request.Start), Spot(fields, "/end", request.End), request.Cross == true,
            request.OneWay == true);
        fields.Check();
        return aisle;
    }

    public static Bin Bin(string id, BinRequest request, string seller)
    {
        Fields fields = new();
        if (request.Id is not null && request.Id != id)
            fields.Add("/id", "other-id", "must be the bin of the path, or be left out");
        var bin = Bin(fields, "", id, request, seller);
        fields.Check();
        return bin;
    }

    /// <summary>The bins that are listed, or those of a grid with its aisles.</summary>
    public static (ImmutableArray<Aisle> Aisles, ImmutableArray<Bin> Bins) Bins(BinsRequest request, string seller)
    {
        Fields fields = new();
        if (request.Bins is null == request.Grid is null)
            fields.Add("/bins", "required", "either bins or a grid must be told, and not both");
        fields.Check();
        if (request.Grid is { } asked)
        {
            var grid = Grid(fields, asked);
            fields.Check();
            return (grid.Ways(), [.. grid.Bins()]);
        }

        var told = request.Bins!;
        if (told.Count == 0) fields.Add("/bins", "required", "is empty");
        if (told.Count > Layout.MaxPutAtOnce)
            fields.Add("/bins", "too-many", $"must have at most {Layout.MaxPutAtOnce} bins");
        fields.Check();
        var bins = ImmutableArray.CreateBuilder<Bin>(told.Count);
        HashSet<string> seen = [];
        for (var i = 0; i < told.Count; i++)
        {
            if (told[i] is not { } bin)
            {
                fields.Add($"/bins/{i}", "wrong-type", "must be an object");
                continue;
            }

            var id = fields.Id($"/bins/{i}/id", bin.Id);
            if (!seen.Add(id)) fields.Add($"/bins/{i}/id", "duplicate", "is there twice");
            bins.Add(Bin(fields, $"/bins/{i}", id, bin, seller));
        }

        fields.Check();
        return ([], bins.DrainToImmutable());
    }

    static Bin Bin(Fields fields, string at, string id, BinRequest request, string seller)
    {
        var face = request.Face is null ? null : Face(fields, $"{at}/face", request.Face, seller);
        var role = fields.Word<BinRole>($"{at}/role", request.Role, face is null ? BinRole.Reserve : BinRole.PickFace);
        if (face is not null && role != BinRole.PickFace)
            fields.Add($"{at}/role", "not-a-face", "must be pick-face: only these are kept for a SKU");
        var corner = request.Corner is null ? default : Spot(fields, $"{at}/corner", request.Corner);
        return new(
            id, fields.Id($"{at}/zone", request.Zone), role,
            request.Aisle is null ? null : fields.Id($"{at}/aisle", request.Aisle), Part("bay", request.Bay),
            Part("level", request.Level), Part("position", request.Position), corner,
            request.Stand is null ? corner with { Z = 0 } : Spot(fields, $"{at}/stand", request.Stand),
            Room(fields, $"{at}/room", request.Room), face);

        int Part(string name, long? value) =>
            value is null ? 0 : fields.Number($"{at}/{name}", value, 0, 1_000_000);
    }

    static Face Face(Fields fields, string at, FaceRequest request, string seller)
    {
        Face face = new(
            request.Seller is null ? seller : fields.Id($"{at}/seller", request.Seller),
            fields.Id($"{at}/sku", request.Sku), fields.Number($"{at}/min", request.Min, 0, 1_000_000_000),
            fields.Number($"{at}/max", request.Max, 1, 1_000_000_000));
        if (face.Max > 0 && face.Min > face.Max) fields.Add($"{at}/min", "out-of-range", "must be at most the max");
        return face;
    }

    static LayoutGrid Grid(Fields fields, GridRequest request)
    {
        var origin = request.Origin is null ? default : Spot(fields, "/grid/origin", request.Origin);
        LayoutGrid grid = new(
            fields.Id("/grid/zone", request.Zone), fields.Id("/grid/prefix", request.Prefix),
            Number("aisles", request.Aisles, MostOfKind - 2), Number("bays", request.Bays, MostOfKind),
            Number("levels", request.Levels, 100), origin, Number("aisleEveryMm", request.AisleEveryMm ?? 4_000),
            Number("bayMm", request.BayMm ?? 1_000), Number("levelMm", request.LevelMm ?? 500),
            request.FaceLevels is null ? 1 : fields.Number("/grid/faceLevels", request.FaceLevels, 0, 100),
            Room(fields, "/grid/room", request.Room));
        if (grid.Prefix.Length > 40) fields.Add("/grid/prefix", "too-long", "must have at most 40 characters");
        if (grid.Count > Layout.MaxBins)
            fields.Add("/grid", "too-many", $"makes {grid.Count} bins: a node has at most {Layout.MaxBins}");
        return grid;

        int Number(string name, long? value, int most = 100_000) =>
            fields.Number($"/grid/{name}", value, 1, most);
    }

    static BinRoom Room(Fields fields, string at, RoomRequest? request)
    {
        return request is null ? default : new(
            Long("volumeMm3", request.VolumeMm3, MostVolume), Long("maxGrams", request.MaxGrams, MostGrams),
            request.MaxSkus is null ? 0 : fields.Number($"{at}/maxSkus", request.MaxSkus, 1, 10_000),
            request.OneLot == true,
            request.MaxUnits is null ? 0 : fields.Number($"{at}/maxUnits", request.MaxUnits, 1, int.MaxValue));

        long Long(string name, long? value, long most)
        {
            if (value is < 1 || value > most)
                fields.Add($"{at}/{name}", "out-of-range", $"must be a whole number from 1 to {most}");
            return value ?? 0;
        }
    }

    static Spot Spot(Fields fields, string at, SpotRequest? request)
    {
        if (request is null)
        {
            fields.Add(at, "required", "is missing");
            return default;
        }

        return new(
            fields.Number($"{at}/x", request.X, -MostMm, MostMm), fields.Number($"{at}/y", request.Y, -MostMm, MostMm),
            request.Z is null ? 0 : fields.Number($"{at}/z", request.Z, -MostMm, MostMm));
    }
}
