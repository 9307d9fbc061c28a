using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>The columns that the transformers add.</summary>
internal static class AddedColumns
{
    /// <summary>A vector of probabilities whose slot names are the classes, and a key whose values are the classes.</summary>
    public static SchemaDefinition Scores(TransferLearningColumns columns, IReadOnlyList<string> classes)
    {
        var schema = SchemaDefinition.Create(typeof(ScoreRow));
        SchemaDefinition.Column score = schema[nameof(ScoreRow.Score)], predicted = schema[nameof(ScoreRow.PredictedLabel)];
        (score.ColumnName, predicted.ColumnName) = (columns.Score, columns.PredictedLabel);
        score.ColumnType = new VectorDataViewType(NumberDataViewType.Single, classes.Count);
        predicted.ColumnType = new KeyDataViewType(typeof(uint), classes.Count);
        ClassNames.Annotate(score, "SlotNames", classes);
        ClassNames.Annotate(predicted, "KeyValues", classes);
        return schema;
    }

    /// <summary>A vector of features.</summary>
    public static SchemaDefinition Features(string column, int count)
    {
        var schema = SchemaDefinition.Create(typeof(FeatureRow));
        SchemaDefinition.Column features = schema[nameof(FeatureRow.Features)];
        (features.ColumnName, features.ColumnType) = (column, new VectorDataViewType(NumberDataViewType.Single, count));
        return schema;
    }

    /// <summary>The scores of a row.</summary>
    internal sealed class ScoreRow
    {
        public VBuffer<float> Score { get; set; }

        /// <summary>From 0, as keys are numbered in objects; a larger number than the last class for none.</summary>
        public uint PredictedLabel { get; set; }
    }

    /// <summary>The features of a row.</summary>
    internal sealed class FeatureRow
    {
        public VBuffer<float> Features { get; set; }
    }
}
