namespace Fulfillment.Picking;

/// <summary>Where an aisle meets another, as seen from it; both in millimetres from where they begin.</summary>
readonly record struct Junction(long At, int Other, long OtherAt);
