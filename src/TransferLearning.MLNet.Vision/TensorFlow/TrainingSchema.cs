using Microsoft.ML;
using Microsoft.ML.Data;
using TransferLearning.MLNet.Vision.Training;

namespace TransferLearning.MLNet.Vision.TensorFlow;

/// <summary>Data without rows but with the columns that the trainer requires; it takes only the number of classes from it.</summary>
internal static class TrainingSchema
{
    public static IDataView Empty(MLContext context, int classes)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[TrainerSettings.LabelColumn].ColumnType = new KeyDataViewType(typeof(uint), classes);
        return context.Data.LoadFromEnumerable(Array.Empty<Row>(), schema);
    }

    private sealed class Row
    {
        [ColumnName(TrainerSettings.FeatureColumn)]
        public byte[] Image { get; set; } = [];

        [ColumnName(TrainerSettings.LabelColumn)]
        public uint Label { get; set; }
    }
}
