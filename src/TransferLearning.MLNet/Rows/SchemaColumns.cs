using Microsoft.ML;

namespace TransferLearning.MLNet.Rows;

/// <summary>Finds columns by name.</summary>
internal static class SchemaColumns
{
    /// <exception cref="TransferLearningException">There is no such column; the message lists those that exist.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name) => schema.GetColumnOrNull(name)
        ?? throw new TransferLearningException(
            $"the data has no column '{name}'; it has {string.Join(", ", schema.Where(c => !c.IsHidden).Select(c => $"'{c.Name}'"))}");
}
